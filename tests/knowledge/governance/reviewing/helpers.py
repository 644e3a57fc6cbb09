"""Workflows of a section, and drafts that go through them."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowTask

from knowledge.governance.reviewing.models import Assignment
from knowledge.governance.reviewing.selectors.standing import Standing
from knowledge.governance.services import moderation
from tests.factories import ArtifactFactory


def workflow(section: Page, *steps: Any) -> Workflow:
    """The workflow of ``section`` and below, with these steps in order."""
    made = Workflow.objects.create(name=f"Way of {section}")
    for place, step in enumerate(steps):
        WorkflowTask.objects.create(workflow=made, task=step.task_ptr, sort_order=place)
    WorkflowPage.objects.update_or_create(page=section, defaults={"workflow": made})
    return made


def by_groups(sort: type, name: str, *groups: Any, **fields: Any) -> Any:
    step = sort.objects.create(name=name, **fields)
    step.groups.set(groups)
    return step


def submitted(author: Any, section: Page, **fields: Any) -> Any:
    page = ArtifactFactory(draft=True, owner=author, owner_user=author, parent=section, **fields)
    page.save_revision(user=author)
    moderation.submit(page=page, by=author)
    return page


def step_of(page: Page) -> TaskState:
    return type(page).objects.get(pk=page.pk).current_workflow_task_state


def queue(person: Any) -> list[int]:
    """Ids of the pages that wait for a decision of this person."""
    fresh = type(person).objects.get(pk=person.pk)
    found = Standing(fresh, today=timezone.localdate()).may_decide()
    assert list(found) == [one for one in Assignment.objects.all() if _may(one, fresh)]
    return [one.page_id for one in found]


def _may(row: Assignment, person: Any) -> bool:
    """The predicate, asked beside the query: both are one rule."""
    return not row.task_state.task.specific.refusal(row.page.specific, person)
