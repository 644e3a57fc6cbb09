"""What practice puts on the page of an artifact."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact


@hooks.register("artifact_slots")
def offer_to_fill(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.TEMPLATE:
        return {}
    return {"actions": render_to_string("practice/fill_link.html", {"page": page})}
