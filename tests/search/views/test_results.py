"""The page of results: what a person sees, does and is told."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.search.helpers import artifact, shelf

pytestmark = [pytest.mark.django_db]


def get(client, **parameters):
    return client.get(reverse("search:results"), parameters)


def context(response) -> dict:
    return response.context["result"]


def test_results_show_title_passage_and_who_answered(client):
    artifact("Handover", text="Nothing is forgotten at the handover of the shift.")
    response = get(client, q="handover")
    page = BeautifulSoup(response.content, "html.parser")
    words = page.get_text(" ", strip=True)
    assert response.status_code == 200
    assert page.find("a", href="/operations/handover/")
    assert "Nothing is forgotten" in words
    assert "the database" in words
    assert page.find("input", attrs={"name": "q"})["value"] == "handover"


def test_what_was_typed_is_shown_as_text(client):
    response = get(client, q='<script>alert(1)</script>"')
    assert b"<script>alert(1)" not in response.content
    assert response.status_code == 200


def test_the_filters_are_a_form_of_the_same_search(client):
    artifact("Handover plan", maturity=2)
    artifact("Handover guide", maturity=3)
    response = get(client, q="handover", maturity="2", sort="title")
    form = BeautifulSoup(response.content, "html.parser").select_one("form.facets")
    assert (form["action"], form["method"]) == ("/search/", "get")
    assert form.select_one("[name=q]")["value"] == "handover"
    assert form.select_one("[name=sort] [selected]")["value"] == "title"
    boxes = form.select("[name=maturity]")
    assert [(box["value"], box.has_attr("checked")) for box in boxes] == [("2", True), ("3", False)]
    counts = [box.find_parent("label").select_one(".facet__count").text for box in boxes]
    assert counts == ["1", "1"]


def test_each_filter_that_is_on_can_be_let_go(client):
    artifact("Handover & sleep?", maturity=2)
    response = get(client, q="handover & sleep?", maturity="2", sort="title")
    without = "/search/?q=handover+%26+sleep%3F&sort=title"
    assert context(response)["chips"] == [{"label": "Maturity: Managed", "remove_url": without}]
    assert response.context["clear_url"] == without
    assert client.get(without).status_code == 200


def test_sorting_is_offered(client):
    artifact("Handover")
    by_value = {o["value"]: o for o in get(client, q="handover").context["sort_options"]}
    assert list(by_value) == ["relevance", "updated", "title", "maturity"]
    assert by_value["relevance"]["selected"]
    assert "relevance" not in {o["value"] for o in get(client).context["sort_options"]}


def test_pages(client):
    for number in range(21):
        artifact(f"Plan {number}")
    found = context(get(client, q="plan", page=2))
    assert (found["page"], found["pages"], found["count"]) == (2, 3, 21)
    assert found["previous_url"] == "/search/?q=plan"
    assert found["next_url"] == "/search/?q=plan&page=3"
    assert [link["number"] for link in found["page_links"]] == [1, 2, 3]
    assert [link["current"] for link in found["page_links"]] == [False, True, False]
    assert get(client, q="plan", page=4).status_code == 404


@pytest.mark.parametrize("page", ["-1", "0", "99999", "x", "9" * 40])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    assert get(client, page=page).status_code == 404


def test_an_unknown_value_is_told_with_its_field(client):
    response = get(client, kind="novel")
    assert response.status_code == 400
    words = BeautifulSoup(response.content, "html.parser").get_text(" ")
    assert "novel" in words
    assert "kind" in words


def test_nothing_found_offers_a_way_on(client):
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    artifact("Checked", last_reviewed=today, next_review=today + timedelta(days=9))
    response = get(client, q="zeppelin")
    assert response.status_code == 200
    assert [card.title for card in response.context["popular"]] == ["Checked"]
    assert "Checked" in response.content.decode()


def test_an_empty_library_is_a_page(client):
    shelf()
    assert get(client).status_code == 200
    assert get(client, q="x").status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post(reverse("search:results")).status_code == 405


def test_many_values_of_a_filter_unfold(client):
    for number in range(9):
        artifact(f"Plan {number}", tags=[f"Tag {number}"])
    page = BeautifulSoup(get(client, q="plan").content, "html.parser")
    more = page.select_one("#more-tag")
    assert more.summary.get_text(" ", strip=True) == "All 9 (Tag)"
    assert len(more.select("input[name=tag]")) == 2
    assert len(page.select("input[name=tag]")) == 9


def test_the_name_of_a_value_is_shown_as_text(client):
    artifact("Plan", tags=["<script>alert(1)</script>"])
    page = BeautifulSoup(get(client, q="plan").content, "html.parser")
    assert "<script>alert(1)</script>" in page.select_one(".facets").get_text()
    assert not page.select(".facets script")
