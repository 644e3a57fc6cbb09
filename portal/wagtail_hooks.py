"""The portal in the admin: the guides under Help, and forms that outlive a session."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
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


@hooks.register("insert_editor_js")
def keep_what_was_typed() -> SafeString:
    """A form is not sent into the login form when the session has ended meanwhile."""
    return format_html(
        '<script src="{}" data-state="{}" data-login="{}" data-ended="{}" data-away="{}"'
        ' data-log-in="{}" data-back="{}"></script>',
        static("js/admin-session.js"),
        reverse("session_state"),
        f"{reverse('login')}?next={reverse('wagtailadmin_home')}",
        _(
            "You are logged out, so this cannot be saved yet. Nothing that you typed is lost: log in"
            " in another tab, come back to this one, and save again."
        ),
        _(
            "The portal does not answer just now, so this was not saved. Nothing that you typed is"
            " lost: try again in a minute."
        ),
        _("Log in in another tab"),
        _("Back to the form"),
    )
