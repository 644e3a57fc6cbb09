"""The portal in the admin: the guides under Help."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.help import checks, views  # noqa: F401 - registers the system check
from portal.help.guides import GUIDES


@hooks.register("register_admin_urls")
def add_guides() -> list[URLPattern]:
    return [path("guides/<slug:name>/", views.guide, name="help_guide")]


@hooks.register("construct_help_menu")
def list_guides(request: HttpRequest, menu_items: list) -> None:
    menu_items += [
        MenuItem(
            guide.label,
            reverse("help_guide", args=[guide.name]),
            name=f"guide-{guide.name}",
            icon_name=guide.icon,
            order=place,
        )
        for place, guide in enumerate(GUIDES)
    ]
