"""The clock of the background work while the database is away."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django_celery_beat.models import PeriodicTask

from portal.beat import PatientScheduler
from portal.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_connection_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django_celery_beat.schedulers.close_old_connections", lambda: None)


def away(*_args: object, **_kwargs: object) -> None:
    raise OperationalError


def test_it_goes_on_with_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = PatientScheduler(app=app)
    known = set(clock.schedule)
    assert "send-letters" in known
    clock._last_full_sync -= timedelta(hours=1)  # it would read all of it again

    with monkeypatch.context() as patched:
        patched.setattr(PatientScheduler, "enabled_models", away)
        assert set(clock.schedule) == known

    PeriodicTask.objects.filter(name="send-letters").update(enabled=False)
    clock._last_full_sync -= timedelta(hours=1)
    assert set(clock.schedule) == known - {"send-letters"}


def test_without_a_schedule_it_ends_and_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientScheduler, "enabled_models", away)
    with pytest.raises(OperationalError):
        PatientScheduler(app=app)
