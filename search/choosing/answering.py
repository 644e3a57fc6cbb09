"""The answer that page and API are made from."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import InvalidPage, Page, Paginator

from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.cards import Card
from knowledge.practice.forms.team import TeamForm
from knowledge.practice.selectors import fitting
from knowledge.practice.selectors.fitting import Suited
from search import wide
from search.language.text import parse
from search.querying.errors import NoSuchPage
from search.querying.request import SearchRequest, page_number

PER_PAGE = 20
# Who describes a problem wants what is about it, not whatever shares a word.
MOST_ABOUT = 50
# Of a problem that nothing answers as a whole, so many words are looked for one by one.
MOST_WORDS = 6


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
    about = _about(form.cleaned_data["q"], access)
    team = form.team(about.ids, only_touched=about.only_touched)
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
        is_lasting=about.is_lasting,
    )


@dataclass(frozen=True, slots=True)
class _About:
    """``ids`` is None when no problem was named. ``is_lasting``: the next reader gets the same."""

    ids: tuple[int, ...] | None
    is_lasting: bool
    only_touched: bool = False


def _about(problem: str, access: Access) -> _About:
    """What the search finds for the problem; when that is nothing, what has some words of it."""
    text = parse(problem)
    if not text:
        return _About(None, is_lasting=True)
    found = [wide.find(SearchRequest(text=text), access, most=MOST_ABOUT)]
    only_touched = len(text.wanted) > 1 and not any(_is_choice(hit.card) for hit in found[0].hits)
    if only_touched:
        words = [parse(term.text) for term in text.wanted[:MOST_WORDS]]
        found += [wide.find(SearchRequest(text=word), access, most=MOST_ABOUT) for word in words]
    number = Counter(hit.card.id for one in found for hit in one.hits)
    # Of as many words those come first that were found first: the order of the counter.
    ids = tuple(pk for pk, _times in number.most_common(MOST_ABOUT))
    is_lasting = all(one.engine == "database" and not one.degraded for one in found)
    return _About(ids, is_lasting, only_touched)


def _is_choice(card: Card) -> bool:
    return card.kind not in fitting.NOT_CHOSEN and not (card.is_superseded or card.is_archived)
