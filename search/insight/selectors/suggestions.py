"""What to write next: queries that lead nowhere and empty cells, in one order, with the reasons.

The score is a plain sum, so that anybody can check it against the reasons:

- 30 for each reader who asked for it, 20 for each search that found nothing, 8 for each search
  without a click
- 5 when the place is empty
- for an empty place 20 for each such search that was narrowed to it, and 1 for each artifact beside
  it, at most 5 along each axis

So what two people miss comes before any empty place, and one odd query does not. Of the levels of maturity that are empty at one place only the one with the highest score is named.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knowledge.catalog.kinds import Kind, Maturity
from knowledge.catalog.models import Industry
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import Category, categories
from search.insight import wishes
from search.insight.models import LoggedSearch
from search.insight.recording.masking import PLACEHOLDERS
from search.insight.selectors import queries
from search.insight.selectors.coverage import KINDS, Cell, Coverage, Gap, coverage

MAX_QUERIES = 100
MAX_GAPS = 50
# Searches with filters that are read for what readers narrowed them to, the newest first.
MAX_NARROWED = 5000

PER_WISH = 30
PER_NOTHING = 20
PER_NO_CLICK = 8
PER_NARROWED = 20
PER_EMPTY = 5
MOST_BESIDE = 5
# Beside something along one axis only is half the library; so is what two filters leave.
LEAST_AXES = 2
LEAST_CHOSEN = 3

WISH, NOTHING, NO_CLICK, GAP = "wish", "nothing", "no_click", "gap"
SOURCES = {
    WISH: gettext_lazy("Wishes of readers"),
    NOTHING: gettext_lazy("Words that find nothing"),
    NO_CLICK: gettext_lazy("Words whose results nobody opens"),
    GAP: gettext_lazy("Empty places"),
}
USUAL_KIND = Kind.GUIDE.value
_SHORT_NAMES = {"sop": Kind.SOP, "procedure": Kind.SOP, "check list": Kind.CHECKLIST}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``why`` is one sentence for each part of the score."""

    source: str
    title: str
    kind: str
    category: Category
    industry: str  # slug, or empty
    industry_label: str
    maturity: int | None
    score: int
    why: tuple[str, ...]

    @property
    def source_label(self) -> str:
        return str(SOURCES[self.source])

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def place(self) -> str:
        parts = [self.category.title, self.industry_label]
        if self.maturity:
            parts.append(_maturity_words(self.maturity))
        return ", ".join(part for part in parts if part)

    @property
    def reasons(self) -> str:
        return " ".join(self.why)


def ordered(searches: QuerySet[LoggedSearch], access: Access) -> list[Suggestion]:
    """The list, the most wanted first. ``searches`` are known to the person. Six queries."""
    among = categories(access)
    if not among:
        return []
    names: dict[str, str] = dict(Industry.objects.values_list("slug", "name"))
    held = coverage(access)
    narrowed = _narrowed(searches, among)
    found = [
        *_of_queries(searches, held, narrowed, among, names),
        *_of_gaps(held, narrowed, among, names),
    ]
    return sorted(found, key=lambda one: (-one.score, one.title))


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """What an unanswered search was narrowed to, by axis; a category as its tree path."""

    text: str
    chosen: Mapping[str, frozenset[Any]]

    def fits(self, cell: Cell) -> bool:
        """Whether it names the cell, and little else."""
        return len(self.chosen) >= LEAST_CHOSEN and all(
            getattr(cell, axis) in values for axis, values in self.chosen.items()
        )


def _narrowed(searches: QuerySet[LoggedSearch], among: Sequence[Category]) -> list[_Narrowing]:
    rows = (
        searches.filter(queries.NOTHING | queries.NO_CLICK)
        .filter(~Q(filters={}))
        .order_by("-at")
        .values_list("text", "filters")[:MAX_NARROWED]
    )
    paths = {one.slug: one.path for one in among}
    narrowed = []
    for text, filters in rows:
        chosen = {
            "kind": frozenset(filters.get("kind", ())) & frozenset(KINDS),
            "category": frozenset(paths[v] for v in filters.get("category", ()) if v in paths),
            "industry": frozenset(filters.get("industry", ())),
            "maturity": frozenset(int(v) for v in filters.get("maturity", ()) if v.isdigit()),
        }
        chosen = {axis: values for axis, values in chosen.items() if values}
        if chosen:
            narrowed.append(_Narrowing(text, chosen))
    return narrowed


def _of_queries(
    searches: QuerySet[LoggedSearch],
    held: Coverage,
    narrowed: Iterable[_Narrowing],
    among: Sequence[Category],
    names: Mapping[str, str],
) -> Iterable[Suggestion]:
    choices: dict[str, list[_Narrowing]] = defaultdict(list)
    for one in narrowed:
        choices[one.text].append(one)
    by_path = {one.path: one for one in among}
    wished = wishes.open_by_words()
    rows = list(queries.unanswered(searches, MAX_QUERIES))
    told = {row["text"] for row in rows}
    rows += [{"text": text, "nothing": 0, "no_click": 0} for text in wished if text not in told]
    for row in rows:
        text = row["text"]
        if any(mask in text for mask in PLACEHOLDERS):
            continue
        cell = _cell_of(text, choices[text], held, among, names)
        category = by_path[cell.category]
        score = PER_WISH * wished[text]
        score += PER_NOTHING * row["nothing"] + PER_NO_CLICK * row["no_click"]
        why = [*_wished(wished[text]), *_asked(row)]
        if not held.covers(cell):
            score += PER_EMPTY
            why.append(
                _("There is no %(kind)s in %(place)s yet (%(points)s).")
                % {
                    "kind": _in_text(cell.kind),
                    "place": _place(cell, category, names),
                    "points": PER_EMPTY,
                }
            )
        yield Suggestion(
            source=WISH if wished[text] else NOTHING if row["nothing"] else NO_CLICK,
            title=capfirst(text),
            kind=cell.kind,
            category=category,
            industry=cell.industry or "",
            industry_label=names.get(cell.industry or "", ""),
            maturity=cell.maturity,
            score=score,
            why=tuple(why),
        )


def _wished(number: int) -> Iterable[str]:
    if number:
        yield ngettext(
            "%(number)s reader asked for it (%(points)s).",
            "%(number)s readers asked for it (%(points)s).",
            number,
        ) % {"number": number, "points": PER_WISH * number}


def _asked(row: Mapping[str, Any]) -> Iterable[str]:
    number = row["nothing"]
    if number:
        yield ngettext(
            "Searched %(number)s time without a result (%(points)s).",
            "Searched %(number)s times without a result (%(points)s).",
            number,
        ) % {"number": number, "points": PER_NOTHING * number}
    number = row["no_click"]
    if number:
        yield ngettext(
            "Searched %(number)s time without opening a result (%(points)s).",
            "Searched %(number)s times without opening a result (%(points)s).",
            number,
        ) % {"number": number, "points": PER_NO_CLICK * number}


def _cell_of(
    text: str,
    choices: Sequence[_Narrowing],
    held: Coverage,
    among: Sequence[Category],
    names: Mapping[str, str],
) -> Cell:
    """Where an answer would stand: as readers narrowed it, else as the words say, else as usual."""
    kind = _most(choices, "kind") or _kind_in(text) or USUAL_KIND
    named = next((one.path for one in among if one.title.casefold() in text), None)
    category = _most(choices, "category") or named or held.home_of(kind)
    industry = _most(choices, "industry")
    maturity = _most(choices, "maturity")
    return Cell(
        kind,
        category or among[0].path,
        industry if industry in names else None,
        maturity if maturity in Maturity.values else None,
    )


def _most(choices: Sequence[_Narrowing], axis: str) -> Any:
    counted = Counter(value for one in choices for value in one.chosen.get(axis, ()))
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def _kind_in(text: str) -> str | None:
    """The kind that the words name, if they do."""
    padded = f" {text} "
    known = {str(Kind(kind).label).casefold(): kind for kind in KINDS} | _SHORT_NAMES
    return next(
        (
            str(kind)
            for name, kind in known.items()
            if f" {name} " in padded or f" {name}s " in padded
        ),
        None,
    )


def _of_gaps(
    held: Coverage,
    narrowed: Sequence[_Narrowing],
    among: Sequence[Category],
    names: Mapping[str, str],
) -> list[Suggestion]:
    by_path = {one.path: one for one in among}
    # The same filters are chosen again and again: each kind of choice is looked at once.
    choices: Counter[frozenset] = Counter(frozenset(one.chosen.items()) for one in narrowed)
    wanted = [(_Narrowing("", dict(one)), number) for one, number in choices.items()]
    best: dict[tuple, tuple[int, Gap, int]] = {}
    for gap in held.gaps([one.path for one in among], sorted(names)):
        asked = sum(number for one, number in wanted if one.fits(gap.cell))
        if not asked and len(gap.beside) < LEAST_AXES:
            continue
        place = (gap.cell.category, gap.cell.kind, gap.cell.industry)
        score = _gap_score(gap, asked)
        if place not in best or score > best[place][0]:
            best[place] = (score, gap, asked)
    order = sorted(best, key=lambda place: (-best[place][0], place))
    return [
        _gap_suggestion(gap, score, asked, by_path[gap.cell.category], names)
        for score, gap, asked in (best[place] for place in order[:MAX_GAPS])
    ]


def _gap_score(gap: Gap, asked: int) -> int:
    beside = sum(min(number, MOST_BESIDE) for number in gap.beside.values())
    return PER_EMPTY + PER_NARROWED * asked + beside


def _gap_suggestion(
    gap: Gap, score: int, asked: int, category: Category, names: Mapping[str, str]
) -> Suggestion:
    cell = gap.cell
    words = {"kind": _in_text(cell.kind), "place": _place(cell, category, names)}
    why = [
        _("There is no %(kind)s for %(place)s (%(points)s).") % {**words, "points": PER_EMPTY},
    ]
    if asked:
        points = PER_NARROWED * asked
        why.append(
            ngettext(
                "%(number)s unanswered search was narrowed to this place (%(points)s).",
                "%(number)s unanswered searches were narrowed to this place (%(points)s).",
                asked,
            )
            % {"number": asked, "points": points}
        )
    why.append(_beside(gap))
    industry = names.get(cell.industry or "", "")
    return Suggestion(
        source=GAP,
        title=_("%(kind)s for %(place)s")
        % {"kind": Kind(cell.kind).label, "place": ", ".join((category.title, industry))},
        kind=cell.kind,
        category=category,
        industry=cell.industry or "",
        industry_label=industry,
        maturity=cell.maturity,
        score=score,
        why=tuple(why),
    )


def _beside(gap: Gap) -> str:
    where = {
        "kind": _("of other kinds in the same place"),
        "category": _("of this kind in other categories"),
        "industry": _("of this kind for other industries"),
        "maturity": _("of this kind at other levels of maturity"),
    }
    parts = [
        _("%(number)s %(where)s (%(points)s)")
        % {"number": number, "where": where[axis], "points": min(number, MOST_BESIDE)}
        for axis, number in gap.beside.items()
    ]
    return _("Beside it: %(parts)s.") % {"parts": ", ".join(parts)}


def _in_text(kind: str) -> str:
    return str(Kind(kind).label).lower()


def _place(cell: Cell, category: Category, names: Mapping[str, str]) -> str:
    parts = [category.title, names.get(cell.industry or "", "")]
    if cell.maturity:
        parts.append(_maturity_words(cell.maturity))
    return ", ".join(part for part in parts if part)


def _maturity_words(level: int) -> str:
    return _("maturity %(level)s") % {"level": level}
