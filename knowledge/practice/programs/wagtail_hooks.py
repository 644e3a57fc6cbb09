"""What programs add to the page of an artifact and to My work."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.practice.programs.selectors import can_start
from knowledge.practice.programs.work import section
from knowledge.practice.work.sections import Section


@hooks.register("artifact_slots")
def offer_to_start(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not can_start(page, access_of(request)):
        return {}
    return {"actions": render_to_string("programs/link.html", {"page": page})}


@hooks.register("work_sections")
def add_to_work() -> list[Section]:
    return [section()]
