"""The answer that page and API are made from."""

from dataclasses import dataclass

from django.core.paginator import InvalidPage, Page, Paginator

from knowledge.catalog.permissions import Access
from knowledge.practice.forms.team import TeamForm
from knowledge.practice.selectors import fitting
from knowledge.practice.selectors.fitting import Suited
from search import wide
from search.querying.errors import NoSuchPage
from search.querying.request import SearchRequest, page_number
from search.querying.text import parse

PER_PAGE = 20
# Who describes a problem wants what is about it, not whatever shares a word.
MOST_ABOUT = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """``is_lasting``: it holds until the library changes, so that it may be kept that long."""

    page: Page
    suited: list[Suited]
    near_misses: list[Suited]
    is_lasting: bool

    @property
    def count(self) -> int:
        return self.page.paginator.count


def answer(form: TeamForm, number: str, access: Access) -> Answer | None:
    """None when nothing was asked. The form must be valid; the number of queries is fixed.

    Raises:
        NoSuchPage: ``number`` is not the number of a page.
    """
    about, is_lasting = _about(form.cleaned_data["q"], access)
    team = form.team(about)
    if not team.says_something:
        return None
    try:
        page = Paginator(fitting.suited(team, access), PER_PAGE).page(page_number(number))
    except InvalidPage:
        raise NoSuchPage from None
    near = list(fitting.near_misses(team, access)) if page.number == 1 else []
    rows = list(page)
    shown = fitting.explained(team, access, [*rows, *near])
    missed = {row["pk"] for row in near}
    return Answer(
        page=page,
        suited=[one for one in shown if one.fit.page_id not in missed],
        near_misses=[one for one in shown if one.fit.page_id in missed],
        is_lasting=is_lasting,
    )


def _about(problem: str, access: Access) -> tuple[tuple[int, ...] | None, bool]:
    """Ids of what the search finds for the problem, and whether the next reader gets the same."""
    text = parse(problem)
    if not text:
        return None, True
    found = wide.find(SearchRequest(text=text), access, most=MOST_ABOUT)
    is_lasting = found.engine == "database" and not found.degraded
    return tuple(hit.card.id for hit in found.hits), is_lasting
