"""The catalogue in the admin."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from knowledge.catalog import checks  # noqa: F401 - registers the system checks
from knowledge.catalog.admin import history, home, terms
from knowledge.catalog.admin import vocabularies as _vocabularies  # noqa: F401 - registers itself
from knowledge.catalog.file_rights import closed_collections
from knowledge.catalog.rights import closed_to, outside


class ReadOnlyPages(PagesAdminAPIViewSet):
    actions: ClassVar[dict[str, Any]] = {}


@hooks.register("construct_homepage_panels")
def arrange_first_page(request: HttpRequest, panels: list) -> None:
    home.arrange(panels, request.user)


# After Wagtail has named its own.
hooks.register("register_log_actions", history.leave_out_names, order=100)


@hooks.register("register_admin_urls")
def add_admin_urls() -> list:
    return [
        path("taxonomy/tags/", terms.suggest_tags, name="taxonomy_tags"),
        path("taxonomy/<slug:vocabulary>/<int:term_id>/", terms.care, name="taxonomy_care"),
    ]


@hooks.register("insert_editor_js")
def say_how_much_room_is_left() -> SafeString:
    return format_html(
        '<script src="{}" data-left="{}" data-over="{}"></script>',
        static("js/admin-length.js"),
        _("{number} of {limit} characters left."),
        _("{number} characters too many, {limit} at most."),
    )


@hooks.register("construct_page_chooser_queryset")
def leave_out_closed_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Choosers list pages of the whole tree, whatever rights somebody has."""
    return outside(pages, request.user)


@hooks.register("construct_reports_menu")
def leave_out_report_of_everything(request: HttpRequest, menu_items: list) -> None:
    """It counts and names pages of the whole tree (admin/middleware.py)."""
    if closed_to(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


@hooks.register("construct_admin_api")
def take_deeds_out_of_the_admin_api(router: WagtailAPIRouter) -> None:
    """Nothing in the admin copies, moves or deletes by it, and no hook is asked there."""
    router.register_endpoint("pages", ReadOnlyPages)


@hooks.register("before_serve_document", order=-1)
def hide_closed_document(document: Any, request: HttpRequest) -> None:
    """Wagtail would ask for a login, and so say that there is one."""
    if document.collection.path.startswith(closed_collections(request.user)):
        raise Http404


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    for name, label, done in (
        ("merge_term", _("Merge"), _("Merged into another term")),
        ("undo_merge", _("Undo a merge"), _("Taken out of the term that it was merged into")),
        ("rename_term", _("Rename"), _("Got another name or address")),
        ("retire_term", _("Retire"), _("Is not offered any more")),
        ("offer_term", _("Offer again"), _("Is offered again")),
    ):
        actions.register_action(f"catalog.{name}", label, done)
