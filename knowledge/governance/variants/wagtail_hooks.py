"""What variants put on the pages of artifacts and into the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, enters_admin
from knowledge.governance.admin import reports
from knowledge.governance.variants import permissions, work
from knowledge.governance.variants.admin.report import VariantsReport
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import drift, gates, marks

# More stand on a page of their own.
LISTED = 12


@hooks.register("artifact_slots")
def show_where_it_comes_from(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """Of a variant, what it was made from and what is its own; of a standard, its variants."""
    access = access_of(request)
    origin = marks.origin(page, access)
    if origin is not None:
        shown: dict[str, str] = {
            "head": render_to_string("variants/origin.html", {"origin": origin})
        }
        for part, standing in origin.marks.items():
            shown[f"part-{part}"] = render_to_string("variants/mark.html", {"standing": standing})
        return shown
    found = drift.lines(drift.of_standard(page, access)[: LISTED + 1])
    if not found:
        return {}
    context = {"page": page, "lines": found[:LISTED], "has_more": len(found) > LISTED}
    return {"after_body": render_to_string("variants/list.html", context)}


@hooks.register("artifact_for_person")
def offer_to_derive(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """For those who may write somewhere; the form says where. Of a variant, what its keepers do."""
    person = getattr(request, "user", None)
    if not enters_admin(person) or not permissions.can_have_variants(page):
        return {}
    variant = Variant.objects.filter(page=page.pk).first()
    if variant is not None:
        if not permissions.keeps(person, page):
            return {}
        return {"actions": render_to_string("variants/compare.html", {"variant": variant})}
    return {"actions": render_to_string("variants/offer.html", {"page": page})}


hooks.register("team_lists", work.team_list, order=60)
hooks.register("work_sections", work.sections)


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[Any]:
    return list(reports.urls([VariantsReport]))


@hooks.register("construct_reports_menu")
def add_report(request: HttpRequest, menu_items: list) -> None:
    items = reports.menu_items([VariantsReport], first=150)
    menu_items += [item for item in items if item.is_shown(request)]


@hooks.register("artifact_requirements")
def keep_gates(page: Artifact) -> list[str]:
    return gates.requirements(page)


@hooks.register("register_page_header_buttons")
def lead_to_the_standard(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From the editor to what the standard has changed and to the gates."""
    variant = Variant.objects.filter(page=page.pk).first() if view_name == "edit" else None
    if variant is not None:
        yield Button(
            _("Variant: compare with the standard, ask about gates"),
            reverse("variants:show", args=[variant.pk]),
            icon_name="copy",
            priority=54,
        )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    for name, label, done in (
        ("variant_derived", _("Derive variant"), _("Derived from a standard as a variant")),
        ("variant_accepted", _("Take over"), _("Took over a change of the standard")),
        ("variant_declined", _("Decline"), _("Declined a change of the standard")),
        ("gate_asked", _("Ask about gate"), _("Asked to do without a gate of the standard")),
        ("gate_agreed", _("Agree about gate"), _("May do without a gate of the standard")),
        ("gate_refused", _("Keep gate"), _("Has to keep a gate of the standard")),
    ):
        actions.register_action(f"governance.{name}", label, done)
