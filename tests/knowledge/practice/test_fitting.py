"""What suits a team: points in the database, words from the same rules, the same cost always."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from knowledge.catalog.kinds import Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Artifact, Industry, Region
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import categories
from knowledge.practice.selectors.criteria import Team, criteria
from knowledge.practice.selectors.fitting import explained, near_misses, suited
from tests.factories import ArtifactFactory, CategoryFactory, IndustryFactory, close

pytestmark = pytest.mark.django_db


def titles(rows) -> list[str]:
    return [Artifact.objects.get(pk=row["pk"]).title for row in rows]


def only(team: Team, rows):
    (one,) = explained(team, Access(), rows)
    return one.fit


def test_of_equals_what_the_search_held_for_better_comes_first(home: Page) -> None:
    one, two = ArtifactFactory(title="One"), ArtifactFactory(title="Two")
    assert titles(suited(Team(about=(two.pk, one.pk)), Access())) == ["Two", "One"]


def test_the_problem_counts_more_than_the_way_of_working(home: Page) -> None:
    far = ArtifactFactory(title="Far", maturity=2)
    about = ArtifactFactory(title="About it")
    others = [ArtifactFactory().pk for _ in range(20)]
    team = Team(maturity=2, about=(about.pk, *others, far.pk))
    assert titles(suited(team, Access()))[0] == "About it"
    assert "Touches what you wrote" in only(team, suited(team, Access()).filter(pk=far.pk)).reasons


def test_what_the_search_did_not_find_is_not_offered(home: Page) -> None:
    ArtifactFactory(title="Fits, but is about something else", maturity=2)
    assert list(suited(Team(maturity=2, about=()), Access())) == []
    assert list(near_misses(Team(maturity=2, about=()), Access())) == []


def test_kind_and_field_of_work_speak_for_and_against(home: Page) -> None:
    mine = CategoryFactory(title="Operations", slug="operations")
    other = CategoryFactory(title="Product", slug="product")
    ArtifactFactory(title="Here", parent=mine)
    ArtifactFactory(title="There", parent=other)
    category = next(one for one in categories(Access()) if one.slug == "operations")
    team = Team(kind=Kind.GUIDE, category=category)
    assert only(team, suited(team, Access())).reasons == (
        "The kind you asked for: Guide",
        "From the field you asked for: Operations",
    )
    near = only(team, near_misses(team, Access()))
    assert near.cautions == ("From another field: Product, not Operations",)
    runbooks = Team(kind=Kind.RUNBOOK, category=category)
    assert only(runbooks, near_misses(runbooks, Access())).cautions == (
        "Another kind: Guide, not Runbook",
    )


def test_a_near_miss_has_one_thing_against_it_and_enough_for_it(home: Page) -> None:
    ArtifactFactory(title="Too long", maturity=2, team_scale="team", effort_minutes=4800)
    ArtifactFactory(title="Says little", effort_minutes=4800)
    ArtifactFactory(title="Two against", maturity=2, team_scale="organisation", effort_minutes=4800)
    team = Team(maturity=2, team_scale="team", minutes=240)
    assert list(suited(team, Access())) == []
    assert titles(near_misses(team, Access())) == ["Too long"]
    assert only(team, near_misses(team, Access())).cautions == (
        "Takes more time than you have: 2 weeks",
    )


def test_one_question_has_no_near_misses(home: Page) -> None:
    ArtifactFactory(maturity=5)
    assert list(near_misses(Team(maturity=1), Access())) == []


def test_a_name_with_a_percent_sign_is_only_a_name(home: Page) -> None:
    industry = IndustryFactory(name="100%s remote")
    ArtifactFactory(industries=[industry])
    team = Team(industry=industry)
    assert only(team, suited(team, Access())).reasons == ("Written for 100%s remote",)


def test_the_number_of_queries_does_not_grow(home: Page) -> None:
    team = Team(maturity=2, industry=IndustryFactory(), minutes=240)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = suited(team, Access())
            rows.count()
            explained(team, Access(), [*rows[:20], *near_misses(team, Access())])
        return len(queries)

    def grow(number: int) -> None:
        for minutes in (30, 4800) * number:
            ArtifactFactory(maturity=2, effort_minutes=minutes, industries=[team.industry])

    grow(1)
    categories(Access())
    few = cost()
    grow(5)
    assert cost() <= few <= 5


# --- The database's points against a second, plain reading of the same rules


def oracle(team: Team, page: Artifact, today) -> tuple[int, int]:
    """How much speaks for the page and how many things against it, one criterion at a time."""
    said = []
    if team.maturity and page.maturity:
        distance = page.maturity - team.maturity
        said.append(2 if distance == 0 else 1 if distance < 2 else None)
    if team.risk_tolerance and page.risk_tolerance:
        order = ["low", "medium", "high"]
        distance = order.index(page.risk_tolerance) - order.index(team.risk_tolerance)
        said.append(2 if distance == 0 else 1 if distance < 0 else None)
    if team.team_scale and page.team_scale:
        order = ["solo", "team", "department", "organisation"]
        distance = abs(order.index(page.team_scale) - order.index(team.team_scale))
        said.append({0: 2, 1: 1}.get(distance))
    if team.minutes and page.effort_minutes is not None:
        said.append(2 if page.effort_minutes <= team.minutes else None)
    if team.industry:
        names = [one.pk for one in page.industries.all()]
        said.append(2 if team.industry.pk in names else None if names else 1)
    if team.region:
        names = [one.pk for one in page.regions.all()]
        said.append(2 if team.region.pk in names else None if names else 1)
    if team.kind:
        said.append(2 if page.kind == team.kind else None)
    return sum(one or 0 for one in said), said.count(None)


levels = st.sampled_from([None, *Maturity.values])
risks = st.sampled_from(["", *RiskTolerance.values])
scales = st.sampled_from(["", *TeamScale.values])
minutes = st.sampled_from([None, 15, 30, 240, 2400, 4800])
either = st.sampled_from([None, 0, 1])


@pytest.fixture
def terms(home: Page) -> dict[str, list]:
    return {
        "industries": [IndustryFactory(), IndustryFactory()],
        "regions": [Region.objects.create(name=name, slug=name) for name in ("eu", "asia")],
        "pages": [ArtifactFactory(title=f"Page {n}") for n in range(4)],
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_points_and_words_are_what_the_rules_say(terms, data) -> None:
    for page in terms["pages"]:
        Artifact.objects.filter(pk=page.pk).update(
            maturity=data.draw(levels),
            risk_tolerance=data.draw(risks),
            team_scale=data.draw(scales),
            effort_minutes=data.draw(minutes),
            next_review=data.draw(st.sampled_from([None, timezone.localdate() + timedelta(1)])),
        )
        for name in ("industries", "regions"):
            chosen = data.draw(st.lists(st.sampled_from(terms[name]), max_size=2, unique=True))
            through = getattr(Artifact, name).through
            through.objects.filter(artifact_id=page.pk).delete()
            column = "industry_id" if name == "industries" else "region_id"
            through.objects.bulk_create(
                through(artifact_id=page.pk, **{column: one.pk}) for one in chosen
            )
    industry, region = data.draw(either), data.draw(either)
    team = Team(
        maturity=data.draw(levels),
        risk_tolerance=data.draw(risks),
        team_scale=data.draw(scales),
        minutes=data.draw(minutes),
        industry=None if industry is None else terms["industries"][industry],
        region=None if region is None else terms["regions"][region],
        kind=data.draw(st.sampled_from(["", Kind.GUIDE, Kind.RUNBOOK])),
    )
    expected = {
        artifact.pk: oracle(team, artifact, timezone.localdate())
        for artifact in Artifact.objects.filter(pk__in=[page.pk for page in terms["pages"]])
    }
    found = explained(team, Access(), suited(team, Access()))
    near = explained(team, Access(), near_misses(team, Access()))
    assert {one.fit.page_id for one in found} == {
        pk for pk, (points, against) in expected.items() if points and not against
    }
    assert {one.fit.page_id for one in near} <= {
        pk for pk, (points, against) in expected.items() if points and against == 1
    }
    for one in [*found, *near]:
        points, against = expected[one.fit.page_id]
        assert one.fit.points == points
        assert len(one.fit.cautions) == against
        assert all(one.fit.reasons) and "%(" not in "".join(one.fit.reasons + one.fit.cautions)
    ranks = [one.fit.points for one in found]
    assert ranks == sorted(ranks, reverse=True)


def test_every_criterion_has_words_for_every_rule(home: Page) -> None:
    category = CategoryFactory(slug="x")
    team = Team(
        maturity=2,
        risk_tolerance="low",
        team_scale="team",
        industry=Industry(pk=1),
        region=Region(pk=1),
        minutes=30,
        kind=Kind.GUIDE,
        category=next(one for one in categories(Access()) if one.id == category.pk),
        about=(1,),
    )
    rules = criteria(team)
    assert len(rules) == 9
    assert all(rule.words and rule.points for criterion in rules.values() for rule in criterion)


def test_what_is_closed_is_neither_suited_nor_a_near_miss(home: Page) -> None:
    hidden = [ArtifactFactory(maturity=2, effort_minutes=minutes) for minutes in (30, 4800)]
    access = Access(tuple(page.path for page in hidden))
    team = Team(maturity=2, minutes=240)
    assert len(suited(team, Access())) == len(near_misses(team, Access())) == 1
    assert not suited(team, access) and not near_misses(team, access)
    close(hidden[0])
