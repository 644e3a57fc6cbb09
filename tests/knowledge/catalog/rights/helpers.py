"""What the tests of rights share."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

SECRETS = ("closed zebrafish room", "zebrafish plan")


def give(to: Group, codename: str, page: Page) -> None:
    GroupPagePermission.objects.get_or_create(
        group=to, page=page, permission=Permission.objects.get(codename=codename)
    )


def rights(one, page):
    """As the next request knows them."""
    return page.permissions_for_user(get_user_model().objects.get(pk=one.pk))
