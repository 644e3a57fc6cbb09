"""What teams put on the page of an artifact, and the rights on teams for the form of a group."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.practice.teams.adopting.selectors import of_person
from knowledge.practice.teams.selectors import teams_of


@hooks.register("artifact_for_person")
def offer_to_adopt(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """For who is in a team; nobody else is told that there are any."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    adopted = of_person(page, person)
    if not adopted and (page.archived_at or not teams_of(person).exists()):
        return {}
    context = {"page": page, "adopted": adopted}
    return {"actions": render_to_string("teams/offer.html", context, request)}


@hooks.register("register_permissions")
def offer_rights() -> QuerySet[Permission]:
    """To make teams, and to look after all of them; members and leads need no right."""
    return Permission.objects.filter(
        content_type__app_label="practice_teams", codename__in=["add_team", "change_team"]
    )
