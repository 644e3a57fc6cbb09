"""What practice puts on the page of an artifact."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.practice.selectors.decisions import tree_of
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.selectors.runs import record


@hooks.register("artifact_slots")
def offer_to_fill(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.TEMPLATE:
        return {}
    return {"actions": render_to_string("practice/filling/link.html", {"page": page})}


@hooks.register("artifact_slots")
def offer_to_decide(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.DECISION_FRAMEWORK or tree_of(page) is None:
        return {}
    return {"actions": render_to_string("practice/decisions/link.html", {"page": page})}


@hooks.register("artifact_slots")
def offer_to_run(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not can_run(page):
        return {}
    context = {"page": page, "record": record(page)}
    return {
        "actions": render_to_string("practice/runs/link.html", context),
        "proof": render_to_string("practice/runs/proof.html", context),
    }
