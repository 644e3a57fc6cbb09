"""What assessments put on the page of an artifact."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.practice.assessments.questions import kept


@hooks.register("artifact_slots")
def offer_to_answer(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not kept(page.body):
        return {}
    return {"actions": render_to_string("assessments/link.html", {"page": page})}
