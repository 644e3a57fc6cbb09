"""The table by which artifacts are weighed for a team: points and words from the same rules.

Each thing that the team says of itself is a criterion: a few rules of which the first that holds
counts. A rule is a condition in the database, its points, and the words in which the reader is told;
so what is said can never differ from what was counted. An artifact that says nothing of a criterion
meets no rule and gets nothing. The scale of maturity is CMMI's; an artifact one level above the
team is a step it can take, one two levels above is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Artifact, Industry, Region
from knowledge.catalog.models.artifact import effort_words
from knowledge.catalog.selectors.categories import Category, category_of

FITS, PARTLY = 2, 1
# What the team is after weighs as much as two other things that it says of itself.
RIGHT_ABOUT_IT = 4
# One thing against outweighs all that speaks for an artifact: so a single sum tells those that
# suit (above 0) from those that nearly do (one thing against), and orders both.
AGAINST = -1000
# Results of the search by sentence: so many are right about it, and so many more are about it.
CLOSEST, CLOSE = 5, 20
EVERYTHING_ELSE = Q(pk__isnull=False)


@dataclass(frozen=True, slots=True)
class Team:
    """What a team says of itself and its problem; None or empty where it says nothing.

    ``about``: ids of artifacts that a search found for the problem in words, the best first; then
    no others count. ``only_touched``: they have a word or two of the problem, no more.
    ``minutes``: the time it has.
    """

    maturity: int | None = None
    risk_tolerance: str = ""
    team_scale: str = ""
    industry: Industry | None = None
    region: Region | None = None
    minutes: int | None = None
    kind: str = ""
    category: Category | None = None
    about: tuple[int, ...] | None = None
    only_touched: bool = False

    @property
    def says_something(self) -> bool:
        return self.about is not None or any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Rule:
    """``words`` may name what ``facts`` gives: ``%(effort)s``."""

    holds: Q
    points: int
    words: str


Criterion = tuple[Rule, ...]


def criteria(team: Team) -> dict[str, Criterion]:
    """The rules for this team, by the name of the criterion; only of what it named."""
    found = {}
    if team.about is not None:
        found["about"] = _touched() if team.only_touched else _about(team.about)
    if team.kind:
        found["kind"] = _kind(team.kind)
    if team.category:
        found["category"] = _category(team.category)
    if team.maturity:
        found["maturity"] = _maturity(team.maturity)
    if team.risk_tolerance:
        found["risk"] = _risk(team.risk_tolerance)
    if team.team_scale:
        found["scale"] = _scale(team.team_scale)
    if team.minutes:
        found["time"] = _time(team.minutes)
    if team.industry:
        found["industry"] = _industry(team.industry)
    if team.region:
        found["region"] = _region(team.region)
    return found


def _about(ids: Sequence[int]) -> Criterion:
    return (
        Rule(Q(pk__in=ids[:CLOSEST]), RIGHT_ABOUT_IT, _("Right about what you wrote")),
        Rule(Q(pk__in=ids[CLOSEST:CLOSE]), FITS, _("About what you wrote")),
        Rule(EVERYTHING_ELSE, PARTLY, _("Touches what you wrote")),
    )


def _touched() -> Criterion:
    return (Rule(EVERYTHING_ELSE, PARTLY, _("Has a word of what you wrote")),)


def _kind(mine: str) -> Criterion:
    return (
        Rule(Q(kind=mine), FITS, _("The kind you asked for: %(kind)s")),
        Rule(EVERYTHING_ELSE, AGAINST, _("Another kind: %(kind)s, not %(my_kind)s")),
    )


def _category(mine: Category) -> Criterion:
    return (
        Rule(Q(path__startswith=mine.path), FITS, _("From the field you asked for: %(category)s")),
        Rule(EVERYTHING_ELSE, AGAINST, _("From another field: %(category)s, not %(my_category)s")),
    )


def _maturity(mine: int) -> Criterion:
    passed = _("Made for maturity %(maturity)s, which you have passed")
    next_step = _("Your next step: made for maturity %(maturity)s")
    return (
        Rule(Q(maturity=mine), FITS, _("Made for your maturity: %(maturity)s")),
        Rule(Q(maturity__lt=mine), PARTLY, passed),
        Rule(Q(maturity=mine + 1), PARTLY, next_step),
        Rule(Q(maturity__gt=mine + 1), AGAINST, _("Asks for maturity %(maturity)s")),
    )


def _risk(mine: str) -> Criterion:
    scale = list(RiskTolerance.values)
    place = scale.index(mine)
    less, more = scale[:place], scale[place + 1 :]
    column = "risk_tolerance"
    return (
        Rule(Q((column, mine)), FITS, _("Takes as much risk as you tolerate: %(risk)s")),
        Rule(_one_of(column, less), PARTLY, _("Takes less risk than you tolerate: %(risk)s")),
        Rule(_one_of(column, more), AGAINST, _("Takes more risk than you tolerate: %(risk)s")),
    )


def _scale(mine: str) -> Criterion:
    sizes = list(TeamScale.values)
    place = sizes.index(mine)
    near = [size for size in sizes if abs(sizes.index(size) - place) == 1]
    far = [size for size in sizes if abs(sizes.index(size) - place) > 1]
    return (
        Rule(Q(team_scale=mine), FITS, _("Made for your size: %(scale)s")),
        Rule(_one_of("team_scale", near), PARTLY, _("Made for a size next to yours: %(scale)s")),
        Rule(_one_of("team_scale", far), AGAINST, _("Made for another size: %(scale)s")),
    )


def _time(mine: int) -> Criterion:
    too_long = _("Takes more time than you have: %(effort)s")
    return (
        Rule(Q(effort_minutes__lte=mine), FITS, _("Done within your time: %(effort)s")),
        Rule(Q(effort_minutes__gt=mine), AGAINST, too_long),
    )


def _industry(mine: Industry) -> Criterion:
    chosen = Artifact.industries.through.objects
    others = _("Written for other industries than %(my_industry)s")
    return (
        Rule(_among(chosen.filter(industry=mine)), FITS, _("Written for %(my_industry)s")),
        Rule(_among(chosen.all()), AGAINST, others),
        Rule(EVERYTHING_ELSE, PARTLY, _("Written for every industry")),
    )


def _region(mine: Region) -> Criterion:
    chosen = Artifact.regions.through.objects
    return (
        Rule(_among(chosen.filter(region=mine)), FITS, _("Made for %(my_region)s")),
        Rule(_among(chosen.all()), AGAINST, _("Made for other regions than %(my_region)s")),
        Rule(EVERYTHING_ELSE, PARTLY, _("Holds everywhere, %(my_region)s too")),
    )


def _one_of(column: str, values: Sequence[str]) -> Q:
    return Q((f"{column}__in", values))


def _among(pairs: QuerySet[Any]) -> Q:
    """Those that have one of the pairs. Not an EXISTS: the list is read once, not once a row."""
    return Q(pk__in=pairs.values("artifact_id"))


# Columns that ``facts`` reads.
COLUMNS = ("maturity", "risk_tolerance", "team_scale", "effort_minutes", "kind", "path")


def facts(row: Mapping[str, Any], team: Team, among: Sequence[Category], /) -> dict[str, str]:
    """What the words of rules may name, of the artifact and of the team."""
    level, risk, scale = row["maturity"], row["risk_tolerance"], row["team_scale"]
    category = category_of(row["path"], among)
    return {
        "maturity": f"{level}, {Maturity(level).label}" if level else "",
        "risk": str(RiskTolerance(risk).label).lower() if risk else "",
        "scale": str(TeamScale(scale).label).lower() if scale else "",
        "effort": effort_words(row["effort_minutes"]),
        "kind": str(Kind(row["kind"]).label),
        "category": category.title if category else "",
        "my_kind": str(Kind(team.kind).label) if team.kind else "",
        "my_category": team.category.title if team.category else "",
        "my_industry": team.industry.name if team.industry else "",
        "my_region": team.region.name if team.region else "",
    }
