"""What weighted decisions put on the page of an artifact."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.practice.weighing.selectors import matrix_of


@hooks.register("artifact_slots")
def offer_to_weigh(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.DECISION_FRAMEWORK or matrix_of(page) is None:
        return {}
    return {"actions": render_to_string("weighing/link.html", {"page": page})}
