"""What cadences add to the page of an artifact and to My work."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.practice.cadence.models import RecurringTask
from knowledge.practice.cadence.selectors import BLOCK
from knowledge.practice.cadence.work import section
from knowledge.practice.work.sections import Section


@hooks.register("artifact_slots")
def name_next_days(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not any(part.block_type == BLOCK for part in page.body):
        return {}
    tasks = RecurringTask.objects.filter(artifact=page.pk, done_at__isnull=True)
    return {"proof": render_to_string("cadence/next.html", {"tasks": tasks.order_by("due", "pk")})}


@hooks.register("work_sections")
def add_to_work() -> list[Section]:
    return [section()]
