"""A reader who found nothing says so, and editors see it among what to write next."""

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.catalog.permissions import Access
from search.insight.models import Wish
from search.insight.selectors import queries, suggestions
from tests.factories import person
from tests.search.helpers import artifact, shelf
from tests.search.insight.conftest import logged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
URL = "/search/missing/"


def wished() -> list[suggestions.Suggestion]:
    found = suggestions.ordered(queries.known_to(Access()), Access())
    return [one for one in found if one.source == suggestions.WISH]


def test_an_empty_page_of_results_asks_what_is_missing(client: Client) -> None:
    artifact("A guide")
    html = client.get("/search/?q=zebra+crossing").content.decode()
    assert f'action="{URL}"' in html
    assert 'value="zebra crossing"' in html
    assert f'action="{URL}"' not in client.get("/search/?q=guide").content.decode()


def test_a_wish_is_kept_without_a_name(client: Client) -> None:
    client.force_login(person("Viewers"))
    answer = client.post(URL, {"q": "Zebra  crossing of ada@example.org", "details": " Who goes? "})
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    wish = Wish.objects.get()
    assert (wish.text, wish.details) == ("zebra crossing of [email]", "Who goes?")


def test_it_stands_first_among_what_to_write_next_until_an_editor_ends_it(client: Client) -> None:
    shelf("Operations")
    logged("zebra crossing")
    for words in ("Zebra crossing", "zebra  crossing", "Tape library"):
        client.post(URL, {"q": words})
    first, second = wished()
    assert first.title == "Zebra crossing"
    assert first.reasons.startswith(
        "2 readers asked for it (60). Searched 1 time without a result (20)."
    )
    assert second.title == "Tape library"
    Wish.objects.filter(text="zebra crossing").update(is_done=True)
    assert [one.title for one in wished()] == ["Tape library"]


def test_editors_end_wishes_and_others_do_not_see_them(client: Client) -> None:
    wish = Wish.objects.create(text="zebra crossing", details="<script>alert(1)</script>")
    edit = reverse("wagtailsnippets_search_insight_wish:edit", args=[wish.pk])
    client.force_login(person("Editors"))
    html = client.get(edit).content.decode()
    assert "zebra crossing" in html
    assert "<script>alert(1)" not in html
    client.post(edit, {"is_done": "on"})
    wish.refresh_from_db()
    assert (wish.is_done, wish.text) == (True, "zebra crossing")
    client.force_login(person("Contributors"))
    assert client.get(edit).status_code == 302


@pytest.mark.parametrize("data", [{}, {"q": "  "}, {"q": "x" * 201}, {"q": "a\x00b"}])
def test_what_is_no_wish_is_asked_for_again(client: Client, data: dict[str, str]) -> None:
    answer = client.post(URL, data)
    assert answer.status_code == 400
    assert f'action="{URL}"' in answer.content.decode()
    assert not Wish.objects.exists()


def test_programs_other_sites_and_too_many_are_not_heard(client: Client, monkeypatch) -> None:
    assert client.post(URL, {"q": "zebra", "website": "http://spam"}).status_code == 200
    other = client.post(URL, {"q": "zebra"}, headers={"Origin": "https://evil.example"})
    assert other.status_code == 403
    assert client.get(URL).status_code == 405
    assert not Wish.objects.exists()
    monkeypatch.setattr("search.insight.views.LIMIT_PER_HOUR", 1)
    assert client.post(URL, {"q": "zebra"}).status_code == 200
    assert client.post(URL, {"q": "zebra"}).status_code == 429


def test_markup_is_shown_as_text(client: Client) -> None:
    for data in (
        {"q": "<script>alert(1)</script>"},
        {"q": "", "details": "</textarea><script>alert(1)</script>"},
    ):
        assert b"<script>alert(1)" not in client.post(URL, data).content
