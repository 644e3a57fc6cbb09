"""The coverage map: what it counts, where its cells lead, and who sees what."""

import csv
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.catalog import models
from knowledge.catalog.permissions import Access, access_for
from knowledge.governance import roles as role
from search.insight.selectors.heat import Map, Spot, heat_map
from tests.factories import IndustryFactory, close, group, person
from tests.search.helpers import artifact, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

URL = reverse("report_coverage_map")


@pytest.fixture
def editor(client: Any) -> Any:
    made = person(role.EDITORS.name)
    client.force_login(made)
    return made


def mapped(access: Access | None = None, **asked: Any) -> Map:
    axes = {"down": "category", "across": "kind", "only": {}, **asked}
    return heat_map(access or Access(), **axes)


def at(map_: Map, down: str, across: str) -> Spot:
    (found,) = (
        spot
        for row in map_.rows
        for spot in row.spots
        if (spot.down.label, spot.across.label) == (down, across)
    )
    return found


def test_each_artifact_counts_once_where_it_stands() -> None:
    software, health = (IndustryFactory(name=one, slug=one.lower()) for one in ("Soft", "Health"))
    ops = shelf("Operations")
    artifact("One", parent=ops, industries=[software, health])
    artifact("Two", parent=ops, maturity=3)
    found = mapped()
    assert (at(found, "Operations", "Guide").number, found.artifacts) == (2, 2)
    assert at(found, "Operations", "Runbook").is_empty

    by_industry = mapped(down="industry")
    assert [(row.value.label, row.total) for row in by_industry.rows] == [
        ("All industries", 1),
        ("Health", 1),
        ("Soft", 1),
    ]
    assert by_industry.artifacts == 2


def test_what_holds_for_all_fills_a_place_in_brackets() -> None:
    IndustryFactory(name="Soft", slug="soft")
    artifact("One", maturity=2)
    spot = at(mapped(down="industry"), "Soft", "Guide")
    assert (spot.number, spot.general, spot.is_empty) == (0, 1, False)
    assert at(mapped(down="industry"), "Soft", "Runbook").is_empty


def test_narrowed_it_counts_what_names_the_value_and_what_holds_for_all() -> None:
    software, health = (IndustryFactory(name=one, slug=one.lower()) for one in ("Soft", "Health"))
    artifact("One", industries=[software], maturity=2)
    artifact("Two", industries=[health])
    artifact("Three")
    assert mapped(only={"industry": "soft"}).artifacts == 2
    assert mapped(only={"industry": "soft", "maturity": "3"}).artifacts == 1
    assert mapped(only={"maturity": "two"}).artifacts == 2
    assert mapped(down="industry", only={"category": "nowhere"}).artifacts == 0


def test_retired_and_closed_artifacts_do_not_count() -> None:
    shut = artifact("Closed", parent=shelf("Secret"))
    artifact("Open", parent=shelf("Operations"))
    close(shut.get_parent(), group("Insiders"))
    found = mapped(access_for(person()))
    assert found.artifacts == 1
    assert [row.value.label for row in found.rows] == ["Operations"]
    old = artifact("Old", parent=models.CategoryPage.objects.get(title="Operations"))
    models.Artifact.objects.filter(pk=old.pk).update(superseded_by=old.pk - 1)
    assert mapped(access_for(person())).artifacts == 1


def test_the_page_leads_to_what_stands_there_and_to_a_draft_where_nothing_does(
    client: Any, editor: Any
) -> None:
    ops = shelf("Operations")
    artifact("One", parent=ops)
    page = BeautifulSoup(client.get(URL, {"maturity": "2"}).content, "html.parser")
    cells = {a["aria-label"]: a["href"] for a in page.select(".coverage a[aria-label]")}
    assert cells["1: Operations, Guide"] == "/search/?maturity=2&category=operations&kind=guide"
    draft = client.get(cells["Empty: write for Operations, Runbook"])
    assert draft.status_code == 200
    assert draft.context["form"]["maturity"].value() == 2
    assert "0 of" not in page.select_one(".insight-note").text


def test_odd_addresses_show_a_map_all_the_same(client: Any, editor: Any) -> None:
    artifact("One")
    for asked in (
        {"down": "x", "across": "y"},
        {"down": "kind", "across": "kind"},
        {"down": "industry", "across": "maturity", "kind": "nothing", "category": "\x00"},
        {"down": "industry", "across": "maturity", "kind": "nothing", "category": "operations"},
        {"maturity": "²"},
    ):
        assert client.get(URL, asked).status_code == 200


def test_csv_says_the_same_and_runs_no_formula(client: Any, editor: Any) -> None:
    artifact("One", parent=shelf("=1+1", slug="ops"))
    answer = client.get(URL, {"export": "csv"})
    rows = list(csv.reader(answer.content.decode().splitlines()))
    assert rows[0][0] == "Category"
    assert rows[1][0] == "'=1+1"
    assert rows[1][-1] == rows[-1][-1] == "1"


def test_only_those_who_publish(client: Any) -> None:
    for name, status in ((role.CONTRIBUTORS.name, 302), (role.REVIEWERS.name, 200)):
        client.force_login(person(name))
        assert client.get(URL).status_code == status


def test_the_query_count_does_not_grow(client: Any, django_assert_num_queries: Any) -> None:
    ops = shelf("Operations")
    for size in (1, 4):
        for number in range(size):
            artifact(f"{size} {number}", parent=ops, maturity=number + 1)
        access = Access()
        mapped(access)
        with django_assert_num_queries(4):
            mapped(access, across="maturity")
