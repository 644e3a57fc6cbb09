"""A round as its page shows it: result, trend, what helps; and as data to take along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.assessments import chart, questions
from knowledge.practice.assessments.models import Round, Sheet
from knowledge.practice.assessments.permissions import FEWEST, readable, sees_result
from knowledge.practice.assessments.questions import Questions, Score, Verdict
from knowledge.practice.permissions import leads_opened, removes_opened
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team
from knowledge.practice.teams.selectors import everybody
from templates_lib.limits import as_decimal
from templates_lib.metrics.sparkline import Sparkline, sparkline

# Earlier rounds that a trend goes back to.
TREND = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A pillar of the result. ``change`` is against the round before; None without one."""

    score: Score
    change: float | None
    trend: Sparkline | None
    helps: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Result:
    """``given`` answers came in; the spread is shown from three on."""

    lines: Sequence[Line]
    chart: chart.Chart
    given: int
    has_spread: bool
    steps: int
    before: Round | None
    verdict: Verdict | None

    @property
    def weak(self) -> list[Line]:
        return [line for line in self.lines if line.score.is_weak]


@dataclass(frozen=True, slots=True)
class ShownRound:
    row: Round
    asked: Questions
    artifact_url: str
    newer: str
    given: int
    invited: Sequence[tuple[Any, bool]]
    mine: Sheet | None
    is_lead: bool
    may_delete: bool
    # None for readers who are not in it.
    team: Team | None
    result: Result | None
    earlier: Sequence[Round]


def shown(one: Round, user: Any, access: Access) -> ShownRound:
    """Everything of the page of a round, in a number of queries that does not grow with it."""
    asked = questions.questions_from(one.parts)
    page = None
    if one.artifact_id:
        page = visible(Artifact.objects.filter(pk=one.artifact_id), access).first()
    sheets = list(one.sheets.all())
    given = [sheet for sheet in sheets if sheet.given_at]
    mine = next((sheet for sheet in sheets if sheet.person_id == user.pk), None)
    gave = mine is not None and mine.given_at is not None
    earlier = _earlier(one, user, access)
    result = None
    if sees_result(one, user, given=len(given), gave=gave):
        answers = [questions.read(asked, sheet.answers) for sheet in given]
        result = result_of(asked, answers, access, earlier)
    who_gave = {sheet.person_id for sheet in given}
    return ShownRound(
        row=one,
        asked=asked,
        artifact_url=site_path(page.url_path) if page else "",
        newer=page.version if page and page.version != one.version else "",
        given=len(given),
        invited=[
            (person, person.pk in who_gave) for person in everybody(one.people.all(), one.team_id)
        ],
        mine=mine,
        is_lead=leads_opened(one, user),
        may_delete=removes_opened(one, user),
        team=shown_to(one, user),
        result=result,
        earlier=earlier if result else [],
    )


def _earlier(one: Round, user: Any, access: Access) -> list[Round]:
    """Rounds of the same assessment that the same team, or without one the same person, opened
    before, the newest first. Only those whose result ``user`` may see.
    """
    same = {"team": one.team_id} if one.team_id else {"team": None, "owner": one.owner_id}
    before = Round.objects.filter(
        artifact=one.artifact_id, opened_at__lt=one.opened_at, **same
    ).exclude(pk=one.pk)
    rows = (
        readable(before, user, access)
        .prefetch_related(Prefetch("sheets", Sheet.objects.exclude(given_at=None)))
        .order_by("-opened_at", "-pk")[:TREND]
    )
    if one.artifact_id is None or (one.owner_id is None and one.team_id is None):
        return []
    return [row for row in rows if _is_shown(row, user)]


def _is_shown(row: Round, user: Any) -> bool:
    sheets = list(row.sheets.all())
    gave = any(sheet.person_id == user.pk for sheet in sheets)
    return (
        bool(sheets)
        and sees_result(row, user, given=len(sheets), gave=gave)
        and (gave or row.is_open or row.team_id is not None or row.owner_id == user.pk)
    )


def means_of(row: Round) -> dict[str, float]:
    """The mean by name of the pillar, from the sheets that were prefetched."""
    asked = questions.questions_from(row.parts)
    answers = [questions.read(asked, sheet.answers) for sheet in row.sheets.all()]
    return {
        one.pillar.name: one.mean
        for one in questions.scores(asked, answers)
        if one.mean is not None
    }


def result_of(
    asked: Questions,
    answers: Sequence[Mapping[str, int]],
    access: Access,
    earlier: Sequence[Round] = (),
) -> Result:
    """What comes of the answers; one query for the pages that help."""
    scores = questions.scores(asked, answers)
    history = [means_of(row) for row in earlier]
    before = history[0] if history else {}
    helps = _helps([one for one in scores if one.is_weak], access)
    has_spread = len(answers) >= FEWEST
    return Result(
        lines=[_line(one, before, history, helps) for one in scores],
        chart=chart.chart(scores, len(asked.scale), before, with_spread=has_spread),
        given=len(answers),
        has_spread=has_spread,
        steps=len(asked.scale),
        before=earlier[0] if earlier else None,
        verdict=questions.verdict(asked, scores),
    )


def _line(
    one: Score,
    before: Mapping[str, float],
    history: Sequence[Mapping[str, float]],
    helps: Mapping[int, tuple[str, str]],
) -> Line:
    name = one.pillar.name
    past = [means[name] for means in reversed(history) if name in means]
    values = [*past, one.mean] if one.mean is not None else []
    return Line(
        score=one,
        change=one.mean - before[name] if one.mean is not None and name in before else None,
        trend=sparkline([number for value in values if (number := as_decimal(value)) is not None]),
        helps=[helps[pk] for pk in one.pillar.helps if pk in helps] if one.is_weak else [],
    )


def _helps(weak: Sequence[Score], access: Access) -> dict[int, tuple[str, str]]:
    """Address and title of the pages that help, of those that the reader may see."""
    wanted = {pk for one in weak for pk in one.pillar.helps}
    if not wanted:
        return {}
    pages = visible(Page.objects.filter(pk__in=wanted), access)
    return {
        pk: (site_path(url_path), title)
        for pk, url_path, title in pages.values_list("pk", "url_path", "title")
    }


def own(user: Any, *, team: Team | None = None) -> QuerySet[Round]:
    """Rounds that the person takes part in, or of one ``team``; whether they may be seen, the caller
    asks.
    """
    gave = Count("sheets", filter=Q(sheets__given_at__isnull=False), distinct=True)
    mine = Count(
        "sheets", filter=Q(sheets__person=user.pk, sheets__given_at__isnull=False), distinct=True
    )
    if team is not None:
        rows = Round.objects.filter(team=team)
    else:
        named = Round.people.through.objects.filter(round=OuterRef("pk"), user=user.pk)
        rows = Round.objects.filter(Q(Exists(named)) | of_own_team(user))
    # Counting drops the order that the model names.
    counted = rows.select_related("owner").annotate(given=gave, mine_given=mine)
    return counted.order_by("-opened_at", "-pk")


def as_rows(shown_round: ShownRound) -> list[dict[str, Any]]:
    """The result as data, a row for each pillar; empty for who may not see it."""
    result = shown_round.result
    if result is None:
        return []
    return [
        {
            "assessment": shown_round.row.title,
            "version": shown_round.row.version,
            "round": shown_round.row.name,
            "opened_on": timezone.localdate(shown_round.row.opened_at).isoformat(),
            "answers": result.given,
            "pillar": line.score.pillar.name,
            "mean": None if line.score.mean is None else round(line.score.mean, 2),
            "level": line.score.level,
            "level_name": line.score.level_name,
            "is_low": line.score.is_weak,
            "lowest": round(line.score.lowest, 2) if result.has_spread else None,
            "highest": round(line.score.highest, 2) if result.has_spread else None,
        }
        for line in result.lines
    ]
