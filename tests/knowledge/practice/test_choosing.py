"""What suits a team: the order, the reasons, and nothing of what is closed."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog.kinds import Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Region
from knowledge.catalog.permissions import Access
from knowledge.practice.selectors import fitting
from knowledge.practice.selectors.fitting import Team, ranked
from tests.factories import ArtifactFactory, FaqEntryFactory, IndustryFactory, close, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def soup(client, **answers) -> BeautifulSoup:
    return BeautifulSoup(client.get("/choose/", answers).content, "html.parser")


def titles(client, **answers) -> list[str]:
    return [link.get_text(strip=True) for link in soup(client, **answers).select(".card__link")]


def test_the_best_comes_first_and_says_why(client) -> None:
    ArtifactFactory(title="A step up", maturity=3, risk_tolerance="low")
    ArtifactFactory(title="Just right", maturity=2, risk_tolerance="low")
    ArtifactFactory(title="Too bold", maturity=2, risk_tolerance="high")
    page = soup(client, maturity="2", risk="low")
    shown = [one.select_one(".card__link").text for one in page.select(".suited")]
    assert shown == ["Just right", "A step up"]
    best = page.select_one(".suited")
    assert [one.get_text(strip=True) for one in best.select(".suited__reason")] == [
        "Made for your maturity: 2, Managed",
        "Takes as much risk as you tolerate: low",
    ]


def test_what_speaks_against_it_is_said_too(client) -> None:
    ArtifactFactory(title="Too long", maturity=2, team_scale="team", effort_minutes=4800)
    page = soup(client, maturity="2", scale="team", time="half-a-day")
    assert page.select_one(".suited__caution").get_text(" ", strip=True) == (
        "Mind: Takes more time than you have: 2 weeks"
    )


def test_of_equals_the_one_to_rely_on_comes_first(client) -> None:
    ArtifactFactory(title="A never checked", maturity=2)
    ArtifactFactory(title="Z checked", maturity=2, verified=True)
    assert titles(client, maturity="2") == ["Z checked", "A never checked"]


def test_another_region_leaves_it_out(client) -> None:
    europe = Region.objects.create(name="Europe", slug="eu")
    asia = Region.objects.create(name="Asia", slug="asia")
    ArtifactFactory(title="For Europe", maturity=2, regions=[europe])
    ArtifactFactory(title="For Asia", maturity=2, regions=[asia])
    ArtifactFactory(title="For all", maturity=2)
    assert titles(client, maturity="2", region="eu") == ["For Europe", "For all"]


def test_the_industry_counts(client) -> None:
    software, clouds = IndustryFactory(slug="software"), IndustryFactory(slug="clouds")
    ArtifactFactory(title="For clouds", industries=[clouds])
    ArtifactFactory(title="For software", industries=[software])
    ArtifactFactory(title="For every industry")
    assert titles(client, industry="software") == ["For software", "For every industry"]


def test_what_is_closed_superseded_or_no_work_does_not_exist(client) -> None:
    shown = ArtifactFactory(title="Shown", maturity=2)
    hidden = ArtifactFactory(title="Hidden", maturity=2)
    ArtifactFactory(title="Old", maturity=2, superseded_by=shown)
    ArtifactFactory(title="Kept for the record", maturity=2, archived=True)
    ArtifactFactory(title="Draft", maturity=2, draft=True)
    FaqEntryFactory(title="Answer?", maturity=2)
    close(hidden)
    assert titles(client, maturity="2") == ["Shown"]
    assert "1 artifact suits you" in soup(client, maturity="2").get_text()
    client.force_login(person("Administrators", is_superuser=True))
    assert sorted(titles(client, maturity="2")) == ["Hidden", "Shown"]


def test_an_unknown_answer_is_an_error_at_its_field(client) -> None:
    answer = client.get("/choose/", {"maturity": "9", "region": "<script>"})
    assert answer.status_code == 400
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#id_maturity_error")
    assert page.select_one("#id_region")["aria-invalid"] == "true"
    assert not page.select(".columns__body script")


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "9" * 5000])
def test_a_page_that_is_not_there_is_not_found(client, number: str) -> None:
    ArtifactFactory(maturity=2)
    assert client.get("/choose/", {"maturity": "2", "page": number}).status_code == 404


def test_it_is_paged(client) -> None:
    for number in range(23):
        ArtifactFactory(title=f"Plan {number:02}", maturity=2)
    assert len(titles(client, maturity="2")) == 20
    second = soup(client, maturity="2", page="2")
    assert second.select_one("ol.cards")["start"] == "21"
    assert second.select_one("[rel=prev]")["href"] == "?maturity=2&page=1"


def test_nothing_asked_and_nothing_found_are_said_in_words(client) -> None:
    assert "One answer is enough" in soup(client).get_text()
    assert "Nothing suits all of that" in soup(client, maturity="2").get_text()


def test_the_number_of_queries_does_not_grow(client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ranked(Team(maturity=2), Access())
        return len(queries)

    ArtifactFactory(maturity=2, industries=[IndustryFactory()])
    few = cost()
    for _ in range(5):
        ArtifactFactory(maturity=2, industries=[IndustryFactory()])
    assert cost() == few == 3


level = st.sampled_from([None, *Maturity.values])
risk = st.sampled_from(["", *RiskTolerance.values])
scale = st.sampled_from(["", *TeamScale.values])


@given(level, risk, scale, level, risk, scale)
def test_every_point_has_its_words(my_level, my_risk, my_scale, level, risk, scale) -> None:
    row = {"maturity": level, "risk_tolerance": risk, "team_scale": scale, "effort_minutes": None}
    team = Team(maturity=my_level, risk_tolerance=my_risk, team_scale=my_scale)
    for verdict in fitting._verdicts(team, row, set(), set()):
        assert bool(verdict.words) == (verdict.points != 0)
