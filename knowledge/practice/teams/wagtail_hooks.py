"""The rights on teams, for the form of a group in the admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks


@hooks.register("register_permissions")
def offer_rights() -> QuerySet[Permission]:
    """To make teams, and to look after all of them; members and leads need no right."""
    return Permission.objects.filter(
        content_type__app_label="practice_teams", codename__in=["add_team", "change_team"]
    )
