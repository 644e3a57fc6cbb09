"""Which artifacts suit a team, in order, with the reasons in words.

Each criterion that the team names gives a verdict on each artifact: fits 2, partly 1, says nothing
0, against -2. The sum orders them; of equals the one to rely on comes first. A region is no matter
of degree: what is made for other regions only is left out. The scale of maturity is CMMI's; an
artifact one level above the team is a step it can take, one two levels above is not.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Artifact, Industry, Region
from knowledge.catalog.models.artifact import effort_words
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.cards import Card, cards
from knowledge.catalog.trust import TrustState, trust_state

FITS, PARTLY, SILENT, AGAINST = 2, 1, 0, -2
RISKS = list(RiskTolerance.values)
SCALES = list(TeamScale.values)
TRUST_ORDER = [
    TrustState.VERIFIED,
    TrustState.DUE,
    TrustState.UNVERIFIED,
    TrustState.STALE,
]
COLUMNS = (
    *("pk", "title", "maturity", "risk_tolerance", "team_scale", "effort_minutes"),
    *("next_review", "last_reviewed"),
)


@dataclass(frozen=True, slots=True)
class Team:
    """What a team says of itself; None or empty where it says nothing. ``minutes``: time it has."""

    maturity: int | None = None
    risk_tolerance: str = ""
    team_scale: str = ""
    industry: Industry | None = None
    region: Region | None = None
    minutes: int | None = None

    @property
    def says_something(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Verdict:
    points: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """``reasons`` speak for the artifact, ``cautions`` against it."""

    page_id: int
    points: int
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suited:
    fit: Fit
    card: Card


def ranked(team: Team, access: Access) -> list[Fit]:
    """Best first; only those for which something speaks. Three queries over the whole library."""
    shelf = visible(
        Artifact.objects.filter(superseded_by__isnull=True, archived_at__isnull=True), access
    ).exclude(kind__in=[Kind.FAQ, Kind.TOPIC_HUB])
    industries = _terms(shelf, "industries")
    regions = _terms(shelf, "regions")
    today = timezone.localdate()
    found = []
    for row in shelf.order_by().values(*COLUMNS):
        pk = row["pk"]
        if team.region and pk in regions and team.region.pk not in regions[pk]:
            continue
        verdicts = list(_verdicts(team, row, industries.get(pk, set()), regions.get(pk, set())))
        fit = Fit(
            page_id=pk,
            points=sum(one.points for one in verdicts),
            reasons=tuple(one.words for one in verdicts if one.points > 0),
            cautions=tuple(one.words for one in verdicts if one.points < 0),
        )
        if fit.reasons and fit.points > 0:
            state = trust_state(
                today=today,
                next_review=row["next_review"],
                last_reviewed=row["last_reviewed"],
                superseded=False,
                archived=False,
            )
            order = (-fit.points, len(fit.cautions), TRUST_ORDER.index(state), row["title"])
            found.append((order, fit))
    return [fit for _order, fit in sorted(found, key=lambda one: one[0])]


def with_cards(fits: list[Fit], access: Access) -> list[Suited]:
    """What a page shows of them. One query."""
    pages = visible(Artifact.objects.filter(pk__in=[fit.page_id for fit in fits]), access)
    shown = {card.id: card for card in cards(pages)}
    return [Suited(fit, shown[fit.page_id]) for fit in fits if fit.page_id in shown]


def _terms(shelf: QuerySet[Artifact], name: str) -> dict[int, set[int]]:
    pairs = shelf.order_by().filter(**{f"{name}__isnull": False}).values_list("pk", name)
    found: dict[int, set[int]] = defaultdict(set)
    for pk, term in pairs:
        found[pk].add(term)
    return found


def _verdicts(team: Team, row: dict, industries: set[int], regions: set[int]) -> Iterator[Verdict]:
    if team.maturity:
        yield _maturity(team.maturity, row["maturity"])
    if team.risk_tolerance:
        yield _risk(team.risk_tolerance, row["risk_tolerance"])
    if team.team_scale:
        yield _scale(team.team_scale, row["team_scale"])
    if team.minutes:
        yield _effort(team.minutes, row["effort_minutes"])
    if team.industry:
        yield _industry(team.industry, industries)
    if team.region:
        name = {"region": team.region.name}
        if regions:
            yield Verdict(FITS, _("Made for %(region)s") % name)
        else:
            yield Verdict(PARTLY, _("Holds everywhere, %(region)s too") % name)


def _maturity(mine: int, its: int | None) -> Verdict:
    if its is None:
        return Verdict(SILENT)
    level = {"level": its, "name": Maturity(its).label}
    if its == mine:
        return Verdict(FITS, _("Made for your maturity: %(level)s, %(name)s") % level)
    if its < mine:
        return Verdict(PARTLY, _("Made for maturity %(level)s, which you have passed") % level)
    if its == mine + 1:
        return Verdict(PARTLY, _("Your next step: made for maturity %(level)s, %(name)s") % level)
    return Verdict(AGAINST, _("Asks for maturity %(level)s, %(name)s") % level)


def _risk(mine: str, its: str) -> Verdict:
    if not its:
        return Verdict(SILENT)
    label = {"label": RiskTolerance(its).label.lower()}
    if its == mine:
        return Verdict(FITS, _("Takes as much risk as you tolerate: %(label)s") % label)
    if RISKS.index(its) < RISKS.index(mine):
        return Verdict(PARTLY, _("Takes less risk than you tolerate: %(label)s") % label)
    return Verdict(AGAINST, _("Takes more risk than you tolerate: %(label)s") % label)


def _scale(mine: str, its: str) -> Verdict:
    if not its:
        return Verdict(SILENT)
    label = {"label": TeamScale(its).label.lower()}
    distance = abs(SCALES.index(its) - SCALES.index(mine))
    if distance == 0:
        return Verdict(FITS, _("Made for your size: %(label)s") % label)
    if distance == 1:
        return Verdict(PARTLY, _("Made for a size next to yours: %(label)s") % label)
    return Verdict(AGAINST, _("Made for another size: %(label)s") % label)


def _effort(mine: int, its: int | None) -> Verdict:
    if its is None:
        return Verdict(SILENT)
    words = {"effort": effort_words(its)}
    if its <= mine:
        return Verdict(FITS, _("Done within your time: %(effort)s") % words)
    return Verdict(AGAINST, _("Takes more time than you have: %(effort)s") % words)


def _industry(mine: Industry, its: set[int]) -> Verdict:
    name = {"industry": mine.name}
    if mine.pk in its:
        return Verdict(FITS, _("Written for %(industry)s") % name)
    if not its:
        return Verdict(PARTLY, _("Written for every industry"))
    return Verdict(AGAINST, _("Written for other industries than %(industry)s") % name)
