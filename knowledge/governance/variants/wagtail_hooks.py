"""What variants put on the pages of artifacts and into the admin."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, enters_admin
from knowledge.governance.admin import reports
from knowledge.governance.variants import permissions
from knowledge.governance.variants.admin.report import VariantsReport
from knowledge.governance.variants.selectors import drift, marks

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
    """For those who may write somewhere; the form says where."""
    person = getattr(request, "user", None)
    if not enters_admin(person) or not permissions.can_have_variants(page):
        return {}
    return {"actions": render_to_string("variants/offer.html", {"page": page})}


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[Any]:
    return list(reports.urls([VariantsReport]))


@hooks.register("construct_reports_menu")
def add_report(request: HttpRequest, menu_items: list) -> None:
    items = reports.menu_items([VariantsReport], first=150)
    menu_items += [item for item in items if item.is_shown(request)]


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "governance.variant_derived", _("Derive variant"), _("Derived from a standard as a variant")
    )
