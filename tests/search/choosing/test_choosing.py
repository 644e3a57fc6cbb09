"""What suits a team: the order, the reasons, and nothing of what is closed."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.catalog.models import Region
from portal.middleware import page_cache
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    IndustryFactory,
    close,
    person,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home"),
]


def soup(client, **answers) -> BeautifulSoup:
    return BeautifulSoup(client.get("/choose/", answers).content, "html.parser")


def titles(client, **answers) -> list[str]:
    return [link.get_text(strip=True) for link in soup(client, **answers).select(".card__link")]


def reasons(one) -> list[str]:
    return [reason.get_text(strip=True) for reason in one.select(".suited__reason")]


def test_the_best_comes_first_and_says_why(client) -> None:
    ArtifactFactory(title="A step up", maturity=3, risk_tolerance="low")
    ArtifactFactory(title="Just right", maturity=2, risk_tolerance="low")
    page = soup(client, maturity="2", risk="low")
    shown = [one.select_one(".card__link").text for one in page.select(".suited")]
    assert shown == ["Just right", "A step up"]
    assert reasons(page.select_one(".suited")) == [
        "Made for your maturity: 2, Managed",
        "Takes as much risk as you tolerate: low",
    ]


def test_the_answers_are_folded_away_only_once_something_was_asked(client) -> None:
    ArtifactFactory(maturity=2)
    assert not soup(client).select("form details")
    assert soup(client, maturity="2").select("form details #id_maturity")
    assert not soup(client, maturity="9").select("form details")


def test_near_misses_stand_apart_and_say_why_not(client) -> None:
    ArtifactFactory(title="Just right", maturity=2, risk_tolerance="low")
    ArtifactFactory(title="Too bold", maturity=2, risk_tolerance="high")
    page = soup(client, maturity="2", risk="low")
    assert "1 artifact suits you" in page.get_text()
    near = page.select_one("section[aria-labelledby=near-heading]")
    assert [one.text for one in near.select(".card__link")] == ["Too bold"]
    assert near.select_one(".suited__caution").get_text(" ", strip=True) == (
        "Speaks against it: Takes more risk than you tolerate: high"
    )
    assert reasons(near) == ["Made for your maturity: 2, Managed"]


def test_when_nothing_suits_the_nearest_is_shown(client) -> None:
    ArtifactFactory(title="Too long", maturity=2, team_scale="team", effort_minutes=4800)
    page = soup(client, maturity="2", scale="team", time="half-a-day")
    assert "Nothing suits all of that" in page.get_text()
    assert "What comes closest stands below" in page.get_text()
    assert page.select_one(".suited .card__link").text == "Too long"


def test_a_problem_in_words_finds_what_is_about_it(client) -> None:
    ArtifactFactory(title="Roll back a release", maturity=2)
    ArtifactFactory(title="Feed the office cat", maturity=2)
    page = soup(client, q="how do we roll back a release?", maturity="2")
    assert [one.text for one in page.select(".suited .card__link")] == ["Roll back a release"]
    assert reasons(page)[0] == "Right about what you wrote"
    assert page.select_one("#id_q")["value"] == "how do we roll back a release?"


def test_a_problem_that_nothing_is_about_is_said_in_words(client) -> None:
    ArtifactFactory(maturity=2)
    assert "say the problem in other words" in soup(client, q="zzzqqq").get_text()


def test_kind_and_field_of_work_can_be_asked_for(client) -> None:
    here = CategoryFactory(title="Operations", slug="operations")
    ArtifactFactory(title="Here", parent=here)
    ArtifactFactory(title="There", parent=CategoryFactory(slug="product"))
    page = soup(client, category="operations", kind="guide")
    assert [one.text for one in page.select("ol .card__link")] == ["Here"]
    assert [one.text for one in page.select("ul.cards .card__link")] == ["There"]


def test_a_closed_field_of_work_is_no_choice(client) -> None:
    close(CategoryFactory(title="Secret field", slug="secret"))
    assert "Secret field" not in soup(client).get_text()
    assert client.get("/choose/", {"category": "secret"}).status_code == 400
    client.force_login(person("Viewers"))
    assert "Secret field" in soup(client).get_text()
    assert client.get("/choose/", {"category": "secret"}).status_code == 200


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
    page = soup(client, maturity="2", region="eu")
    assert [one.text for one in page.select("ol .card__link")] == ["For Europe", "For all"]
    assert [one.text for one in page.select("ul.cards .card__link")] == ["For Asia"]
    assert "Made for other regions than Europe" in page.get_text()


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
        page_cache.store.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/choose/", {"maturity": "2", "q": "plan", "time": "half-a-day"})
        return len(queries)

    def grow(number: int) -> None:
        for effort in (30, 4800) * number:
            ArtifactFactory(title="A plan", maturity=2, effort_minutes=effort)

    grow(1)
    cost()  # what a process looks up once
    few = cost()
    grow(5)
    assert cost() == few


def test_what_elasticsearch_said_is_not_kept(client, settings) -> None:
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    ArtifactFactory(title="A plan")
    assert "no-cache" in client.get("/choose/", {"q": "plan"})["Cache-Control"]
    assert client.get("/choose/", {"maturity": "2"})["Cache-Control"].startswith("public")


class TestJson:
    def get(self, client, **answers):
        return client.get(reverse("search:choose_api"), answers)

    def test_it_says_what_the_page_says(self, client) -> None:
        page = ArtifactFactory(title="Just right", maturity=2, risk_tolerance="low", verified=True)
        ArtifactFactory(title="Too bold", maturity=2, risk_tolerance="high")
        answer = self.get(client, maturity="2", risk="low").json()
        assert answer["count"] == 1
        assert answer["results"] == [
            {
                "id": page.pk,
                "title": "Just right",
                "url": page.url,
                "kind": "guide",
                "bottom_line": page.bottom_line,
                "trust": "verified",
                "points": 4,
                "reasons": [
                    "Made for your maturity: 2, Managed",
                    "Takes as much risk as you tolerate: low",
                ],
                "cautions": [],
            }
        ]
        (near,) = answer["near_misses"]
        assert (near["title"], near["points"]) == ("Too bold", 2)
        assert near["cautions"] == ["Takes more risk than you tolerate: high"]

    def test_what_is_closed_does_not_exist(self, client) -> None:
        close(ArtifactFactory(title="Plan", maturity=2))
        close(ArtifactFactory(title="Plan too", maturity=2, effort_minutes=4800))
        answers = {"maturity": "2", "q": "plan", "time": "half-a-day"}
        assert self.get(client, **answers).json() == {"count": 0, "results": [], "near_misses": []}
        client.force_login(person("Administrators", is_superuser=True))
        answer = self.get(client, **answers).json()
        assert (answer["count"], len(answer["near_misses"])) == (1, 1)

    @pytest.mark.parametrize(
        ("answers", "status", "field"),
        [
            ({}, 400, "q"),
            ({"maturity": "9"}, 400, "maturity"),
            ({"q": "x" * 201}, 400, "q"),
            ({"q": "a\x00b"}, 400, "q"),
            ({"kind": "faq"}, 400, "kind"),
            ({"maturity": "2", "page": "2"}, 404, None),
            ({"maturity": "2", "page": "-1"}, 404, None),
        ],
    )
    def test_bad_input_is_a_clear_answer(self, client, answers, status, field) -> None:
        answer = self.get(client, **answers)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert list(answer.json().get("errors", {})) == ([field] if field else [])

    def test_it_is_in_the_schema(self, client) -> None:
        schema = client.get(reverse("api_schema"), headers={"Accept": "application/json"})
        operation = schema.json()["paths"]["/api/v1/choose/"]["get"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert names >= {"q", "kind", "category", "maturity", "risk", "scale", "time", "region"}
