"""The stamp that caches hang on: a change counts although the cache server was away when it came."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from knowledge.catalog.services import freshness
from tests.factories import ArtifactFactory, close

pytestmark = pytest.mark.django_db


@contextmanager
def outage() -> Iterator[None]:
    """The cache answers nothing and keeps nothing, and has forgotten nothing afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("get", "set", "add"):
            patch.setattr(cache, name, lambda *_args, **_kwargs: None)
        yield


def test_what_was_closed_during_an_outage_stays_closed_after_it(
    home: Page, client: Client, committed: Callable
) -> None:
    artifact = ArtifactFactory(title="Not for everybody")
    assert client.get(artifact.url).status_code == 200
    with outage():
        committed(lambda: close(artifact))
    assert client.get(artifact.url).status_code == 404


def test_a_process_that_saw_the_outage_trusts_nothing_older() -> None:
    """The change may have been made elsewhere, by a process that is gone."""
    before = freshness.current()
    with outage():
        assert freshness.current() == ""
    after = freshness.current()
    assert after not in ("", before)
    assert freshness.current() == after


def test_a_group_that_is_deleted_takes_its_rights_along(home: Page, committed: Callable) -> None:
    group = Group.objects.create(name="Guests")
    before = freshness.current()
    committed(group.delete)
    assert freshness.current() != before


def test_one_answer_goes_by_one_look_and_the_next_one_by_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = iter(range(10))

    def made() -> int:
        return freshness.kept("test-one-look", lambda: next(values))

    looks: list[str] = []
    look = cache.get
    monkeypatch.setattr(cache, "get", lambda *args: (looks.append(args[0]), look(*args))[1])
    with freshness.one_look():
        first = made()
        seen = len(looks)
        assert (made(), made()) == (first, first)
    assert len(looks) == seen
    freshness._replace()
    assert made() != first
