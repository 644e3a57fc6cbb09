"""Rows reach the database in batches, once, whatever fails on the way; and go after their days."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.insight import checks, tasks, writing
from search.insight.models import LoggedSearch
from search.insight.recording import buffer
from tests.search.helpers import artifact
from tests.search.insight.conftest import Searcher, logged

pytestmark = [pytest.mark.django_db]
Log = Callable[[], list[LoggedSearch]]


def row(number: int, **changed: object) -> dict:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "text": f"query {number}",
        "at": "2026-03-01T12:00:00+00:00",
        "results": 1,
        "engine": "database",
        "degraded": False,
        "took_ms": 5,
        "refinements": 0,
        "reworded": False,
        "last_page": 1,
        "filters": {},
        "clicks": 0,
        "first_position": None,
        "clicked": [],
        "restricted": False,
        **changed,
    }


def test_rows_wait_until_the_task_writes_them_in_one_go(home, log: Log) -> None:
    artifact("Handover")
    Searcher("One").search("q=handover")
    Searcher("Two").search("q=handover")
    assert not LoggedSearch.objects.exists()
    tasks.write_waiting()
    assert LoggedSearch.objects.count() == 2
    tasks.write_waiting()
    assert LoggedSearch.objects.count() == 2


def test_a_batch_costs_one_statement() -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        writing.write(row(number) for number in range(200))
    assert sum("INSERT" in query["sql"] for query in queries) == 1


def test_the_same_rows_again_change_nothing_and_later_ones_win() -> None:
    writing.write([row(1), row(2)])
    writing.write([row(1), row(2, refinements=2, clicks=1, clicked=[[7, 3]], first_position=3)])
    writing.write([row(1)])
    found = LoggedSearch.objects.order_by("text").values_list("text", "refinements", "clicks")
    assert list(found) == [("query 1", 0, 0), ("query 2", 2, 1)]


def test_a_row_that_the_database_refuses_does_not_hold_up_the_others() -> None:
    assert writing.write([row(1), row(2, text="x" * 300), row(3)]) == 2
    assert LoggedSearch.objects.count() == 2


def test_what_could_not_be_written_waits(monkeypatch, log: Log) -> None:
    buffer.put(row(1))

    def away(_rows: object) -> int:
        raise OperationalError

    monkeypatch.setattr(buffer.writing, "write", away)
    with pytest.raises(OperationalError):
        buffer.flush()
    monkeypatch.undo()
    assert len(log()) == 1


def test_the_list_is_bounded(monkeypatch, log: Log) -> None:
    monkeypatch.setattr(buffer, "MAX_WAITING", 3)
    for number in range(5):
        buffer.put(row(number))
    assert [one.text for one in log()] == ["query 2", "query 3", "query 4"]


def test_two_runs_at_once_do_not_disturb_each_other(log: Log) -> None:
    buffer.put(row(1))
    with buffer._redis().lock(buffer._name("flushing"), timeout=5):
        assert buffer.flush() == 0
    assert len(log()) == 1


def test_without_redis_a_search_is_written_when_the_reader_has_the_answer(home, settings) -> None:
    settings.REDIS_URL = ""
    logged("long ago", at=timezone.now() - timedelta(days=91))
    artifact("Handover")
    Searcher().search("q=handover")
    assert list(LoggedSearch.objects.values_list("text", flat=True)) == ["handover"]


def test_a_database_that_fails_breaks_no_search(home, settings, monkeypatch) -> None:
    settings.REDIS_URL = ""

    def away(_rows: object) -> int:
        raise OperationalError

    monkeypatch.setattr(buffer.writing, "write", away)
    assert Searcher().search("q=handover").status_code == 200


@pytest.mark.parametrize(("days", "left"), [(90, ["fresh"]), (400, ["fresh", "old"]), (0, [])])
def test_searches_go_after_their_days(settings, days: int, left: list[str]) -> None:
    settings.PORTAL_SEARCH_LOG_DAYS = days
    logged("fresh", at=timezone.now() - timedelta(days=89))
    logged("old", at=timezone.now() - timedelta(days=91))
    for _ in range(2):
        tasks.forget_old()
    assert sorted(LoggedSearch.objects.values_list("text", flat=True)) == left


def test_many_go_in_small_batches(monkeypatch) -> None:
    monkeypatch.setattr(writing, "DELETE_BATCH", 2)
    for number in range(5):
        logged(f"old {number}", at=timezone.now() - timedelta(days=100))
    assert writing.forget(older_than_days=90, now=timezone.now()) == 5


@pytest.mark.parametrize(("days", "faults"), [(0, 0), (90, 0), (-1, 1), (5000, 1)])
def test_a_wrong_number_of_days_stops_the_start(settings, days: int, faults: int) -> None:
    settings.PORTAL_SEARCH_LOG_DAYS = days
    assert len(checks.check_settings()) == faults
