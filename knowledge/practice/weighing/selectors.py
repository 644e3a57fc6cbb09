"""What a matrix brings to a decision, and a decision in the making as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.permissions import leads_opened, removes_opened
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team
from knowledge.practice.teams.selectors import everybody
from knowledge.practice.weighing import ranking
from knowledge.practice.weighing.models import Scores, Weighing
from templates_lib.limits import as_decimal, figure, holds, number, typed, words

AGREEMENT = {
    "same": lambda: _("all the same"),
    "close": lambda: _("close to each other"),
    "apart": lambda: _("apart"),
    "far": lambda: _("far apart"),
}


@dataclass(frozen=True, slots=True)
class Matrix:
    """The first weighted matrix of a page, as data."""

    heading: str
    criteria: list[dict[str, str]]
    options: list[str]
    suggested: dict[str, dict[str, str]]
    scale_max: int


def matrix_of(page: Artifact) -> Matrix | None:
    """``page`` is of its own kind."""
    part = next((one for one in page.body if one.block_type == "decision_matrix"), None)
    if part is None:
        return None
    value = part.value
    criteria = [
        {
            "name": one.get("name") or "",
            "weight": number(one.get("weight")) or "0",
            "help": one.get("help") or "",
        }
        for one in value.get("criteria") or []
    ]
    places = {one["name"]: place for place, one in enumerate(criteria)}
    options = list(value.get("options") or [])
    suggested = {
        f"{row}.{places[score.get('criterion')]}": {
            "score": number(score.get("score")),
            "reason": score.get("reason") or "",
        }
        for row, option in enumerate(options)
        for score in option.get("scores") or []
        if score.get("criterion") in places
    }
    return Matrix(
        heading=part.block.heading_for(value),
        criteria=criteria,
        options=[one.get("name") or "" for one in options],
        suggested=suggested,
        scale_max=int(value.get("scale_max") or 5),
    )


def rights_of(page: Artifact) -> list[tuple[str, str]]:
    """Decision rights of the page: what is decided, and the role that decides it."""
    return [
        (str(one.get("decision") or ""), str(one.get("decides_role") or ""))
        for part in page.body
        if part.block_type == "decision_rights"
        for one in part.value.get("rights") or []
        if one.get("decides_role")
    ]


@dataclass(frozen=True, slots=True)
class Threshold:
    measure: str
    unit: str
    limit: str
    consequence: str
    role: str
    comparison: str
    bound: Any

    def is_crossed(self, said: Any) -> bool:
        return bool(holds(self.comparison, said, self.bound))

    def said(self, value: Any) -> str:
        return figure(value, self.unit)


def thresholds_of(page: Artifact) -> list[Threshold]:
    return [
        Threshold(
            measure=str(one.get("measure") or ""),
            unit=str(one.get("unit") or ""),
            limit=words(one.get("comparison"), one.get("limit"), one.get("unit")),
            consequence=str(one.get("consequence") or ""),
            role=str(one.get("escalate_to_role") or ""),
            comparison=str(one.get("comparison") or ""),
            bound=one.get("limit"),
        )
        for part in page.body
        if part.block_type == "thresholds"
        for one in part.value.get("thresholds") or []
    ]


def fraction(text: Any) -> Fraction | None:
    """A number as people type it, exact; None for anything else, and for what is absurdly long."""
    text = typed(text)
    found = as_decimal(text) if len(text) <= 12 else None
    return Fraction(found) if found is not None and abs(found) <= 10**9 else None


def read(row: Weighing, data: Mapping[str, Any]) -> dict[str, str]:
    """The scores of a posted form that lie on the scale, as they were typed."""
    found = {}
    for key in keys(row):
        score = fraction(data.get(key))
        if score is not None and 0 <= score <= row.scale_max:
            found[key] = typed(data[key])
    return found


def keys(row: Weighing) -> list[str]:
    return [
        f"{option}.{criterion}"
        for option in range(len(row.options))
        for criterion in range(len(row.criteria))
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An option of the ranking; ``cells`` follow the criteria, as numbers and as words."""

    name: str
    total: str
    is_first: bool
    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``firm`` are sentences on how firm the ranking is."""

    lines: Sequence[Line]
    firm: Sequence[str]
    given: int


@dataclass(frozen=True, slots=True)
class Shown:
    row: Weighing
    page: Any
    artifact_url: str
    shares: Sequence[tuple[str, str, str]]
    people: Sequence[tuple[Any, bool]]
    mine: Scores | None
    is_lead: bool
    may_delete: bool
    # None for readers who are not in it.
    team: Team | None
    given: int
    outcome: Outcome | None


def shown(row: Weighing, user: Any, access: Access) -> Shown:
    """Everything of the page, in a number of queries that does not grow with it."""
    page = None
    if row.artifact_id:
        page = visible(Artifact.objects.filter(pk=row.artifact_id), access).first()
    sheets = list(row.sheets.all())
    mine = next((one for one in sheets if one.person_id == user.pk), None)
    may_delete = removes_opened(row, user)
    is_shown = bool(sheets) and (mine is not None or may_delete or not row.is_running)
    gave = {one.person_id for one in sheets}
    parts = _shares(row)
    return Shown(
        row=row,
        page=page,
        artifact_url=site_path(page.url_path) if page else "",
        shares=[
            (one["name"], percent(part), one["help"])
            for one, part in zip(row.criteria, parts, strict=True)
        ],
        people=[(one, one.pk in gave) for one in everybody(row.people.all(), row.team_id)],
        mine=mine,
        is_lead=leads_opened(row, user),
        may_delete=may_delete,
        team=shown_to(row, user),
        given=len(sheets),
        outcome=outcome_of(row, sheets) if is_shown else None,
    )


def outcome_of(row: Weighing, sheets: Sequence[Scores]) -> Outcome:
    parts = _shares(row)
    scored = [_scored(one) for one in sheets]
    table = ranking.cells(scored, len(row.options), len(row.criteria), row.scale_max)
    means = [[cell.mean for cell in line] for line in table]
    order = ranking.ranked(means, parts)
    return Outcome(
        lines=[
            Line(
                name=row.options[place.option],
                total=decimal(place.total),
                is_first=place.total == order[0].total,
                cells=[_in_words(cell, len(sheets)) for cell in table[place.option]],
            )
            for place in order
        ],
        firm=list(_firm(row, means, parts, order)),
        given=len(sheets),
    )


def _in_words(cell: ranking.Cell, given: int) -> tuple[str, str, str]:
    if given < 2:
        return decimal(cell.mean), "", ""
    if cell.agreement == "same":
        return decimal(cell.mean), "", AGREEMENT[cell.agreement]()
    span = _("%(lowest)s to %(highest)s, deviation %(deviation).1f") % {
        "lowest": decimal(cell.lowest),
        "highest": decimal(cell.highest),
        "deviation": cell.deviation,
    }
    return decimal(cell.mean), span, AGREEMENT[cell.agreement]()


def _firm(
    row: Weighing,
    means: Sequence[Sequence[Fraction]],
    parts: Sequence[Fraction],
    order: Sequence[ranking.Place],
) -> Sequence[str]:
    if len(order) < 2:
        return [_("There is only one option.")]
    first, second = (row.options[one.option] for one in order[:2])
    if order[0].total == order[1].total:
        return [_("“%(first)s” and “%(second)s” are equal.") % {"first": first, "second": second}]
    said = {
        "first": first,
        "second": second,
        "lead": decimal(order[0].total - order[1].total),
    }
    found = [_("“%(first)s” leads “%(second)s” by %(lead)s.") % said]
    by_weight = ranking.weight_flip(means, parts)
    if by_weight is None:
        found.append(_("No change of a single weight brings both level."))
    else:
        said |= {
            "criterion": row.criteria[by_weight.criterion]["name"],
            "now": percent(by_weight.now),
            "at": percent(by_weight.at),
        }
        found.append(
            _(
                "Both are level when “%(criterion)s” counts %(at)s instead of %(now)s "
                "and the other weights keep their proportions."
            )
            % said
        )
    by_score = ranking.score_flip(means, parts, row.scale_max)
    if by_score is None:
        found.append(_("No change of a single score brings both level."))
    else:
        said |= {
            "option": row.options[by_score.option],
            "criterion": row.criteria[by_score.criterion]["name"],
            "by": decimal(abs(by_score.by)),
        }
        more = _(
            "Both are level when the score of “%(option)s” by “%(criterion)s” is %(by)s higher."
        )
        less = _(
            "Both are level when the score of “%(option)s” by “%(criterion)s” is %(by)s lower."
        )
        found.append((more if by_score.by > 0 else less) % said)
    return found


def _shares(row: Weighing) -> list[Fraction]:
    return ranking.shares([fraction(one["weight"]) or Fraction(0) for one in row.criteria])


def _scored(sheet: Scores) -> dict[tuple[int, int], Fraction]:
    found = {}
    for key, text in sheet.scores.items():
        option, _dot, criterion = key.partition(".")
        found[int(option), int(criterion)] = fraction(text) or Fraction(0)
    return found


def decimal(value: Fraction) -> str:
    return number(round(float(value), 2))


def percent(value: Fraction) -> str:
    return f"{number(round(float(value) * 100, 1))}%"


def own(user: Any, *, team: Team | None = None) -> QuerySet[Weighing]:
    """What the person takes part in, or what is of one ``team``, and is not decided yet, the newest
    first.
    """
    rows = Weighing.objects.filter(decided_at=None).select_related("owner")
    if team is not None:
        return rows.filter(team=team)
    named = Weighing.people.through.objects.filter(weighing=OuterRef("pk"), user=user.pk)
    return rows.filter(Q(Exists(named)) | of_own_team(user))
