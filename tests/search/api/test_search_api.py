"""The same search as JSON, under the names that integrators rely on."""

import pytest
from django.urls import reverse

from tests.search.helpers import artifact

pytestmark = pytest.mark.django_db


def get(client, query: str = ""):
    return client.get(f"{reverse('search:api')}?{query}")


def test_the_answer_has_the_agreed_form(client, ready, engine):
    page = artifact("Handover", text="Sleep <b>well</b> after the handover.", maturity=2)
    ready()
    answer = get(client, "q=handover").json()
    assert set(answer) == {
        *("count", "results", "facets", "did_you_mean", "engine", "degraded", "took_ms")
    }
    assert (answer["count"], answer["engine"], answer["degraded"]) == (1, engine, False)
    assert answer["did_you_mean"] is None
    assert answer["took_ms"] >= 0
    (hit,) = answer["results"]
    assert set(hit) == {
        *("id", "title", "url", "kind", "bottom_line", "highlights", "score"),
        *("section", "section_url", "trust", "proved_on"),
    }
    assert hit["section_url"].startswith("/operations/handover/#") or not hit["section"]
    assert (hit["id"], hit["title"], hit["kind"]) == (page.pk, "Handover", "guide")
    assert hit["url"] == "/operations/handover/"
    assert "<mark>handover</mark>" in hit["highlights"][0]
    assert hit["score"] > 0
    assert (hit["trust"], hit["proved_on"]) == ("unverified", None)
    assert answer["facets"]["maturity"] == [{"value": "2", "label": "Managed", "count": 1}]
    assert len(answer["facets"]) == 12


def test_page_and_json_agree(client, ready):
    for number in range(3):
        artifact(f"Plan {number}", maturity=number + 1)
    ready()
    page = client.get(reverse("search:results"), {"q": "plan", "maturity": "2"})
    answer = get(client, "q=plan&maturity=2").json()
    assert [hit["title"] for hit in answer["results"]] == [
        hit.card.title for hit in page.context["result"]["hits"]
    ]
    assert answer["count"] == page.context["result"]["count"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("kind=novel", 400), ("page=-1", 404), ("page=99999", 404), ("q=%22((", 200), ("q=%00", 200)],
)
def test_bad_input_is_a_clear_answer(client, query, status):
    response = get(client, query)
    assert response.status_code == status
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == status
    if status == 400:
        assert "novel" in response.json()["errors"]["kind"][0]


def test_only_reading_is_allowed(client):
    assert client.post(reverse("search:api")).status_code in (403, 405)
