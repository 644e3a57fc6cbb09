"""Views and downloads are counted once each, behind the answer, whoever keeps the page."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from knowledge.governance.measures.models import Usage
from knowledge.governance.measures.recording import counter, writing
from knowledge.governance.measures.tasks import fold_old
from tests.factories import ArtifactFactory, close, person

pytestmark = pytest.mark.django_db
PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    counter.forget()
    yield
    counter.forget()


def counts() -> dict[str, int]:
    counter.flush()
    return dict(Usage.objects.values_list("what", "count"))


def test_a_view_counts_once_also_from_the_page_cache(home: Page, client: Client) -> None:
    page = ArtifactFactory()
    answers = [client.get(page.url, **PERSON) for _ in range(3)]
    assert counts() == {"view": 3}
    assert all("X-Artifact-Shown" not in answer.headers for answer in answers)


def test_a_reader_with_a_session_counts_and_a_refused_one_does_not(
    home: Page, client: Client
) -> None:
    page = ArtifactFactory()
    close(page)
    client.get(page.url, **PERSON)
    assert counts() == {}
    client.force_login(person("Viewers"))
    client.get(page.url, **PERSON)
    assert counts() == {"view": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_USER_AGENT": "UptimeRobot/2.0"},
        {**PERSON, "HTTP_SEC_PURPOSE": "prefetch;prerender"},
    ],
)
def test_robots_and_prefetches_are_left_out(home: Page, client: Client, headers: dict) -> None:
    page = ArtifactFactory()
    client.get(page.url, **headers)
    client.get(f"{page.url}download.md", **headers)
    assert counts() == {}


def test_a_head_request_is_no_view(home: Page, client: Client) -> None:
    page = ArtifactFactory()
    client.head(page.url, **PERSON)
    assert counts() == {}


def test_downloads_count_by_format_and_not_when_the_browser_has_the_file(
    home: Page, client: Client
) -> None:
    page = ArtifactFactory()
    first = client.get(f"{page.url}download.md", **PERSON)
    b"".join(first.streaming_content)
    client.get(f"{page.url}download.md", HTTP_IF_NONE_MATCH=first["ETag"], **PERSON)
    b"".join(client.get(f"{page.url}download.json", **PERSON).streaming_content)
    b"".join(
        client.get(f"{page.url}download.json", HTTP_RANGE="bytes=0-9", **PERSON).streaming_content
    )
    assert counts() == {"md": 1, "json": 1}


def test_nothing_is_counted_when_it_is_switched_off(
    home: Page, client: Client, settings: object
) -> None:
    settings.PORTAL_USAGE_COUNTS = False
    client.get(ArtifactFactory().url, **PERSON)
    assert counts() == {}


def test_two_who_write_at_the_same_time_add_up(home: Page) -> None:
    page, today = ArtifactFactory(), timezone.localdate()
    writing.add({(page.pk, today, "view"): 2})
    writing.add({(page.pk, today, "view"): 3, (page.pk, today, "pdf"): 1})
    assert counts() == {"view": 5, "pdf": 1}


def test_a_second_flush_writes_nothing_twice(home: Page) -> None:
    page = ArtifactFactory()
    counter.note(page.pk, "view")
    assert (counter.flush(), counter.flush()) == (1, 0)
    assert counts() == {"view": 1}


def test_what_could_not_be_written_is_written_later_once(
    home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is away, as ``writing.add`` tells of it."""
    page = ArtifactFactory()
    counter.note(page.pk, "view")
    with monkeypatch.context() as away:

        def refuse(counts: object) -> None:
            raise DatabaseError("away")

        away.setattr(writing, "add", refuse)
        with pytest.raises(DatabaseError):
            counter.flush()
    counter.note(page.pk, "view")
    assert counts() == {"view": 2}


def test_counts_of_a_page_that_is_gone_do_not_hold_up_the_others(home: Page) -> None:
    page, gone = ArtifactFactory(), ArtifactFactory()
    counter.note(gone.pk, "view")
    counter.note(page.pk, "view")
    gone.delete()
    assert counts() == {"view": 1}


def test_the_buffer_is_bounded(home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MAX_KEYS", 1)
    page, other = ArtifactFactory(), ArtifactFactory()
    for one in (page, other, page):
        counter.note(one.pk, "view")
    assert counts() == {"view": 2}


def test_old_days_become_months_and_a_second_run_changes_nothing(
    home: Page, settings: object
) -> None:
    page = ArtifactFactory()
    days = {date(2020, 3, 1): 1, date(2020, 3, 9): 2, date(2020, 3, 31): 4, date(2020, 4, 2): 8}
    writing.add({(page.pk, day, "view"): count for day, count in days.items()})
    writing.add({(page.pk, timezone.localdate(), "view"): 16})
    fold_old()
    fold_old()
    assert dict(Usage.objects.values_list("day", "count")) == {
        date(2020, 3, 1): 7,
        date(2020, 4, 1): 8,
        timezone.localdate(): 16,
    }
