"""Every search once: what a reader does, and the row that comes of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from redis.exceptions import RedisError

from search.insight.models import LoggedSearch
from search.insight.recording import buffer, sightings
from search.insight.recording.readers import CACHE, Reader
from tests.factories import close, group, person
from tests.search.helpers import artifact, section, shelf
from tests.search.insight.conftest import RESULTS, Searcher

pytestmark = pytest.mark.django_db
Log = Callable[[], list[LoggedSearch]]


@pytest.fixture(autouse=True)
def library(request: pytest.FixtureRequest, home: object) -> None:
    """Written when the engine of the test, if it names one, is there."""
    if "engine" in request.fixturenames:
        request.getfixturevalue("engine")
    artifact("Handover plan", maturity=2)
    artifact("Handover guide", maturity=3)


def test_a_search_is_one_row(log: Log) -> None:
    Searcher().search("q=HandOver")
    (row,) = log()
    assert (row.text, row.results, row.engine, row.degraded) == ("handover", 2, "database", False)
    assert (row.refinements, row.last_page, row.clicks, row.reworded) == (0, 1, 0, False)
    assert (row.at.second, row.at.microsecond) == (0, 0)
    assert row.took_ms >= 0


def test_both_engines_are_named_and_every_showing_counts(log: Log, engine: str, ready) -> None:
    ready()
    for agent in ("One", "Two"):
        assert "Handover plan" in Searcher(agent).search("q=handover").content.decode()
    assert [(row.engine, row.results) for row in log()] == [(engine, 2)] * 2


def test_nothing_found_is_counted_as_nought(log: Log) -> None:
    Searcher().search("q=zebra")
    (row,) = log()
    assert row.results == 0


def test_filters_order_and_pages_refine_the_same_search(log: Log) -> None:
    for number in range(12):
        artifact(f"Handover {number}")
    reader = Searcher()
    for query in (
        "q=handover",
        "q=handover&maturity=2",
        "q=Handover&sort=title",
        "q=handover&page=2",
    ):
        reader.search(query, came_from=f"{RESULTS}?q=handover")
    (row,) = log()
    assert (row.refinements, row.last_page, row.filters) == (3, 2, {"maturity": ["2"]})
    assert row.results == 14


def test_reloading_and_coming_back_refine_nothing(log: Log) -> None:
    reader = Searcher()
    for query in ("q=handover", "q=handover", "q=handover&maturity=2", "q=handover"):
        reader.search(query)
    (row,) = log()
    assert row.refinements == 1


def test_readers_are_told_apart_without_a_cookie(log: Log) -> None:
    one, other = Searcher("Firefox"), Searcher("Safari")
    answer = one.search("q=handover")
    other.search("q=handover")
    assert len(log()) == 2
    assert not answer.cookies


def test_after_half_an_hour_it_is_a_new_search(log: Log) -> None:
    reader, cache = Searcher(), caches[CACHE]
    reader.search("q=handover")
    (key,) = cache.keys("search_log:open:*")
    assert 0 < cache.ttl(key) <= 30 * 60
    cache.delete(key)  # what the time does
    reader.search("q=handover")
    assert len(log()) == 2


def test_other_words_are_another_search_and_tell_of_the_first(log: Log) -> None:
    reader = Searcher()
    reader.search("q=zebra")
    reader.search("q=handover", came_from=f"{RESULTS}?q=zebra")
    handover, zebra = log()
    assert (handover.reworded, zebra.reworded) == (False, True)
    assert zebra.refinements == 0


def test_who_opened_a_result_was_served(log: Log) -> None:
    reader = Searcher()
    reader.search("q=plan")
    reader.open("/operations/handover-plan/", from_search="q=plan")
    reader.search("q=handover", came_from=f"{RESULTS}?q=plan")
    assert not any(row.reworded for row in log())


def test_a_click_is_known_by_where_it_comes_from(log: Log) -> None:
    reader = Searcher()
    found = reader.search("q=handover&sort=title").context["result"]["hits"]
    assert [hit.card.url for hit in found][1] == "/operations/handover-plan/"
    for _ in range(2):
        reader.open("/operations/handover-plan/", from_search="q=Handover&sort=title")
    (row,) = log()
    assert (row.clicks, row.first_position) == (1, 2)
    assert row.clicked == [[found[1].card.id, 2]]


@pytest.mark.parametrize(
    "source",
    ["q=other", "", "q=handover&q=other", "q=%00", "q=" + "x" * 5000, "q=1&" * 900 + "q=handover%"],
    ids=["other", "none", "two", "control", "long", "many"],
)
def test_what_was_not_shown_is_no_click(log: Log, source: str) -> None:
    artifact("Something else")
    reader = Searcher()
    reader.search("q=handover")
    assert reader.open("/operations/handover-plan/", from_search=source).status_code == 200
    assert reader.open("/operations/something-else/", from_search="q=handover").status_code == 200
    stranger = Searcher("Another")
    stranger.open("/operations/handover-plan/", from_search="q=handover")
    (row,) = log()
    assert row.clicks == 0


def test_a_page_from_the_page_cache_counts_its_search_and_its_clicks(log: Log) -> None:
    first, second, third = Searcher("One"), Searcher("Two"), Searcher("Three")
    made = first.search("q=handover")
    kept = second.search("q=handover")
    assert kept.content == made.content  # took_ms is printed on the page
    unchanged = third.client.get("/search/?q=handover", headers={"If-None-Match": kept["ETag"]})
    assert unchanged.status_code == 304
    second.open("/operations/handover-plan/", from_search="q=handover")
    rows = log()
    assert len(rows) == 3
    assert sorted(row.clicks for row in rows) == [0, 0, 1]
    assert sorted(row.took_ms for row in rows)[:2] == [0, 0]


def test_what_a_page_showed_is_not_sent_to_the_reader(log: Log) -> None:
    for agent in ("One", "Two", "Googlebot/2.1"):
        answer = Searcher(agent).search("q=handover")
        assert sightings.HEADER not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "bingbot/2.0"},
        {"User-Agent": "SomeCrawler 1"},
        {"Referer": "http://testserver/admin/reports/searches/"},
    ],
    ids=str,
)
def test_who_is_not_counted(log: Log, headers: dict[str, str]) -> None:
    agent = headers.pop("User-Agent", "Mozilla/5.0")
    answer = Client(headers={"User-Agent": agent, **headers}).get("/search/?q=handover")
    assert answer.status_code == 200
    assert log() == []
    Searcher().search("q=handover")
    assert len(log()) == 1


def test_a_phone_with_bot_in_its_name_is_counted(log: Log) -> None:
    Searcher("Mozilla/5.0 (Linux; Android 9; CUBOT_X18) Mobile Safari/537.36").search("q=handover")
    assert len(log()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/search/suggest/?q=hand",
        "/search/",
        "/search/?kind=guide",
        "/search/?q=%21%21%21",
        "/kinds/guide/?q=handover",
        "/operations/?q=handover",
        "/api/v1/search/?q=handover",
        "/search/?q=handover&page=99",
        "/search/?q=handover&kind=nonsense",
    ],
)
def test_what_is_no_search_by_words(log: Log, address: str) -> None:
    Searcher().client.get(address)
    assert log() == []


def test_head_is_no_search(log: Log) -> None:
    Searcher().client.head("/search/?q=handover")
    assert log() == []


def test_nothing_is_noted_when_the_log_is_off(log: Log, settings) -> None:
    settings.PORTAL_SEARCH_LOG_DAYS = 0
    reader = Searcher()
    reader.search("q=handover")
    reader.open("/operations/handover-plan/", from_search="q=handover")
    assert log() == []
    assert caches[CACHE].get("search_log:salt") is None


def test_what_could_name_a_person_is_masked_before_it_is_kept(log: Log) -> None:
    Searcher().search("q=jane.doe%40example.org+handover")
    redis = buffer._redis()
    for name in redis.keys("*search_log*"):
        if redis.type(name) == b"string":
            assert b"jane" not in redis.get(name)
        elif redis.type(name) == b"list":
            assert not any(b"jane" in row for row in redis.lrange(name, 0, -1))
    (row,) = log()
    assert row.text == "[email] handover"


def test_a_row_knows_nobody() -> None:
    names = {field.name for field in LoggedSearch._meta.get_fields()}
    assert names == {
        *("id", "text", "at", "results", "engine", "degraded", "took_ms", "refinements"),
        *("reworded", "last_page", "filters", "clicks", "first_position", "clicked", "restricted"),
    }


def test_a_search_of_somebody_who_sees_more_than_the_public_is_marked(log: Log) -> None:
    closed = section("Closed", shelf())
    artifact("Handover of secrets", parent=closed)
    close(closed, group("Insiders"))
    outsider, insider = Searcher(), Searcher()
    outsider.client.force_login(person())
    insider.client.force_login(person("Insiders"))
    outsider.search("q=handover")
    insider.search("q=handover")
    assert sorted((row.results, row.restricted) for row in log()) == [(2, False), (3, True)]


def test_what_goes_wrong_in_the_log_is_said_and_breaks_nothing(
    log: Log, monkeypatch, caplog
) -> None:
    monkeypatch.setattr(buffer, "put", lambda _row: 1 / 0)
    assert Searcher().search("q=handover").status_code == 200
    assert "search.log.failed" in caplog.text


def test_a_search_does_not_wait_for_its_log_and_does_not_fail_with_it(
    log: Log, monkeypatch
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise RedisError

    monkeypatch.setattr(buffer, "_redis", away)
    assert Searcher().search("q=handover").status_code == 200


def test_each_day_forgets_who_was_who() -> None:
    reader = Reader("somebody", "")
    keys = {reader.key("handover", date(2026, 3, day)) for day in (1, 1, 2)}
    assert len(keys) == 2
    salts = caches[CACHE].keys("search_log:salt:*")
    assert all(0 < caches[CACHE].ttl(salt) <= 25 * 3600 for salt in salts)
