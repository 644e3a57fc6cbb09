"""The list of what waits for one person, due first. The query count does not depend on its length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact, CategoryPage, SectionPage
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for, visible
from knowledge.governance.reviewing.models import Assignment
from knowledge.governance.reviewing.selectors.standing import Standing

PER_PAGE = 50
STEP = Page.steplen
SOON_DAYS = 2
ANY_RIGHT = ("add", "change", "publish", "lock", "unlock")

DUE = {
    "overdue": _("Overdue"),
    "soon": _("Due within two days"),
    "later": _("Due later"),
}
HELD = {
    "me": _("Me, or whom I stand in for"),
    "nobody": _("Nobody yet"),
    "others": _("Somebody else"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue, for the person who looks at it."""

    row: Assignment
    title: str
    place: str
    kind: str
    today: date
    is_mine: bool

    @property
    def state_id(self) -> int:
        return self.row.task_state_id

    @property
    def step(self) -> str:
        return self.row.task_state.task.name

    @property
    def asked_by(self) -> str:
        return called(self.row.task_state.workflow_state.requested_by)

    @property
    def assignee(self) -> str:
        return called(self.row.assignee)

    @property
    def days_over(self) -> int:
        """How many days overdue; below 0 while there is time."""
        return (self.today - self.row.due_on).days

    @property
    def is_ranked(self) -> bool:
        return self.row.priority != Assignment.Priority.NORMAL


@dataclass(frozen=True, slots=True)
class Section:
    pk: int
    title: str
    depth: int

    @property
    def label(self) -> str:
        return "\u2003" * self.depth + self.title


def of(standing: Standing, filters: Mapping[str, Any]) -> QuerySet[Assignment]:
    """What waits for the person, narrowed by ``section``, ``kind``, ``held`` and ``due``.

    Values are expected to be checked; a missing or empty one narrows nothing.
    """
    rows = standing.may_decide()
    if section := filters.get("section"):
        rows = rows.filter(page__path__startswith=section.path)
    if kind := filters.get("kind"):
        rows = rows.filter(page__artifact__kind=kind)
    if held := filters.get("held"):
        mine = [standing.user.pk, *standing.absent]
        rows = rows.filter(
            {
                "me": Q(assignee__in=mine),
                "nobody": Q(assignee__isnull=True),
                "others": Q(assignee__isnull=False) & ~Q(assignee__in=mine),
            }[held]
        )
    if due := filters.get("due"):
        today, soon = standing.today, standing.today + timedelta(days=SOON_DAYS)
        rows = rows.filter(
            {
                "overdue": Q(due_on__lt=today),
                "soon": Q(due_on__gte=today, due_on__lte=soon),
                "later": Q(due_on__gt=soon),
            }[due]
        )
    return rows.order_by("due_on", "priority", "pk")


def page_of(
    standing: Standing, filters: Mapping[str, Any], number: Any, *, size: int = PER_PAGE
) -> tuple[ListPage, Sequence[Waiting]]:
    """One page of the list; a number that does not exist gives the nearest."""
    rows = of(standing, filters).select_related(
        "page__artifact",
        "assignee",
        "task_state__task",
        "task_state__workflow_state__requested_by",
    )
    listed = Paginator(rows, size).get_page(number)
    return listed, _lines(list(listed.object_list), standing)


def _lines(rows: Sequence[Assignment], standing: Standing) -> list[Waiting]:
    above = {row.page.path[:-STEP] for row in rows}
    places = dict(Page.objects.filter(path__in=above).values_list("path", "title"))
    mine = {standing.user.pk, *standing.absent}
    return [
        Waiting(
            row=row,
            title=row.page.draft_title or row.page.title,
            place=places.get(row.page.path[:-STEP], ""),
            kind=_kind(row.page),
            today=standing.today,
            is_mine=row.assignee_id in mine,
        )
        for row in rows
    ]


def _kind(page: Page) -> str:
    try:
        return str(Kind(page.artifact.kind).label)
    except Artifact.DoesNotExist:
        return ""


def sections(standing: Standing) -> list[Section]:
    """What the list can be narrowed to: categories and sections in the order of the tree.

    Those that the person may read, or has some right in; of others not even the names.
    """
    pages = Page.objects.type(CategoryPage, SectionPage)
    known = visible(pages, access_for(standing.user)) | pages.filter(
        pk__in=standing.pages_with(ANY_RIGHT).order_by().values("pk")
    )
    found = list(known.order_by("path").values_list("pk", "title", "depth"))
    least = min((depth for _pk, _title, depth in found), default=0)
    return [Section(pk, title, depth - least) for pk, title, depth in found]
