"""What a live artifact promises and does not keep: claims without source, handoffs without owner.

Each function reads the bodies of the pages given, one query for each kind, and opens only the
blocks that it looks for. For reports, not for pages that readers wait for.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.governance.similarity import near_duplicates

SHOWN_CHARS = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that wants work. ``missing`` says what, in words."""

    page: Artifact
    place: str
    missing: str

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def kind(self) -> str:
        return self.page.kind_label

    @property
    def owner(self) -> str:
        return self.page.owned_by


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two questions that seem to ask the same; ``likeness`` is in per cent."""

    page: Artifact
    other: Artifact
    likeness: int

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def other_title(self) -> str:
        return self.other.title


def looked_after_by(user: Any) -> QuerySet[Artifact]:
    """Live artifacts that the person may change or publish, archived and superseded ones left out."""
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, ["change", "publish"]
    )
    return Artifact.objects.filter(
        pk__in=pages.order_by().values("pk"),
        live=True,
        archived_at__isnull=True,
        superseded_by__isnull=True,
    )


def failure_modes_without_recovery(pages: QuerySet[Artifact]) -> list[Finding]:
    """Failure modes that lead neither to a runbook nor to a word on what to do."""
    return _findings(pages, "failure_modes", _unrecovered)


def claims_without_source(pages: QuerySet[Artifact]) -> list[Finding]:
    """Claims that name neither a source nor its address."""
    return _findings(pages, "claim", _unsourced)


def incomplete_handoffs(pages: QuerySet[Artifact]) -> list[Finding]:
    """Handoffs that lack an owner, an input or an outcome."""
    return _findings(pages, "handoffs", _unfinished)


def questions_alike(pages: QuerySet[Artifact]) -> list[AlikePair]:
    """Answers of the FAQ whose questions say nearly the same, the most alike first."""
    by_id = {
        page.pk: page
        for page in pages.filter(kind=Kind.FAQ)
        .select_related("owner_user", "owner_group")
        .order_by("path")
    }
    pairs = near_duplicates({pk: page.title for pk, page in by_id.items()})
    return [
        AlikePair(by_id[pair.one], by_id[pair.other], round(pair.score * 100)) for pair in pairs
    ]


def _findings(
    pages: QuerySet[Artifact], block: str, faults: Callable[[Any], Iterable[tuple[str, str]]]
) -> list[Finding]:
    ordered: Any = pages.select_related("owner_user", "owner_group").order_by("title", "pk")
    return [
        Finding(page, Truncator(place).chars(SHOWN_CHARS), missing)
        for page in ordered.specific()
        for value in _values(page, block)
        for place, missing in faults(value)
    ]


def _values(page: Artifact, block: str) -> Iterator[Any]:
    # The raw data tell the types without making a value of every block.
    body = page.body
    for index, child in enumerate(body.raw_data):
        if child["type"] == block:
            yield body[index].value


def _unrecovered(value: Any) -> Iterator[tuple[str, str]]:
    for mode in value.unrecovered:
        yield mode.get("failure") or "", _("Recovery")


def _unsourced(value: Any) -> Iterator[tuple[str, str]]:
    if value.missing_source:
        yield value.get("statement") or "", _("Source")


def _unfinished(value: Any) -> Iterator[tuple[str, str]]:
    names = {"owner_role": _("Owner"), "input": _("Input"), "outcome": _("Outcome")}
    for handoff in value.incomplete:
        lacking = [label for name, label in names.items() if not handoff.get(name)]
        yield f"{handoff.get('from_role')} → {handoff.get('to_role')}", ", ".join(lacking)
