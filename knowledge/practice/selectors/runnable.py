"""What of an artifact can be run."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from templates_lib.runnable import RunnableStep

# What an answer, an article or a template says in steps is told, not carried out.
NOT_RUN = (Kind.FAQ, Kind.ARTICLE, Kind.TEMPLATE, Kind.TOPIC_HUB, Kind.DECISION_RECORD, Kind.SQUAD)


def steps_of(page: Artifact) -> Iterator[tuple[str, RunnableStep]]:
    """Each step with the heading that it stands under, in the order of the page.

    ``page`` is of its own kind, with a body.
    """
    for child in page.body:
        as_steps = getattr(child.block, "as_steps", None)
        for step in as_steps(child.value) if as_steps else ():
            if step.title:
                yield child.block.heading_for(child.value) or _("Steps"), step


def can_run(page: Artifact) -> bool:
    """Whether there is work in it: gates alone are none."""
    return (
        page.kind not in NOT_RUN
        and page.archived_at is None
        and any(not step.is_gate for _heading, step in steps_of(page))
    )
