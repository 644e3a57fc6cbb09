"""The daily mail: what is new, once, and never what the person may not see."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from knowledge.catalog.models import Artifact
from search.saved import digests, services, tasks
from search.saved.models import SavedSearch, Told
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def reader():
    return person("Viewers", email="reader@example.org")


@pytest.fixture
def tomorrow() -> datetime:
    return later(1)


def later(days: int, hour: int = 9) -> datetime:
    local = timezone.localtime() + timedelta(days=days)
    return local.replace(hour=hour, minute=0)


def keep(reader, name: str = "Plans", query: str = "q=plan", delivery: str = "mail") -> SavedSearch:
    return services.keep(by=reader, name=name, query=query, delivery=delivery)


def run(now: datetime) -> list:
    """The round as the worker does it; the mails that it sent."""
    before = len(mail.outbox)
    for person_id in digests.waiting(now=now):
        digests.deliver(person_id=person_id, now=now)
    return mail.outbox[before:]


def test_what_was_published_since_is_mailed_with_its_address(reader, tomorrow) -> None:
    ArtifactFactory(title="Old plan")
    keep(reader)
    new = ArtifactFactory(title="New plan", bottom_line="What it is good for.")
    ArtifactFactory(title="Something else")
    (letter,) = run(tomorrow)
    assert letter.to == ["reader@example.org"]
    assert letter.subject == "1 new result for “Plans”"
    assert "New plan" in letter.body
    assert "What it is good for." in letter.body
    assert f"http://127.0.0.1:8000{new.url}" in letter.body
    assert "http://127.0.0.1:8000/search/?q=plan" in letter.body
    assert "http://127.0.0.1:8000/saved/" in letter.body
    for word in ("Old plan", "Something else"):
        assert word not in letter.body


def test_twice_is_once(reader, tomorrow) -> None:
    keep(reader)
    ArtifactFactory(title="New plan")
    assert len(run(tomorrow)) == 1
    assert run(tomorrow) == run(later(1, 10)) == run(later(2)) == []
    assert digests.deliver(person_id=reader.pk, now=tomorrow) == 0


def test_not_on_the_day_it_was_saved_and_not_at_night(reader) -> None:
    keep(reader)
    ArtifactFactory(title="New plan")
    assert run(later(0, 23)) == []
    assert run(later(1, 3)) == []
    assert len(run(later(1, 7))) == 1


def test_several_searches_are_one_mail(reader, tomorrow) -> None:
    keep(reader)
    keep(reader, "Guides", "kind=guide")
    ArtifactFactory(title="New plan")
    (letter,) = run(tomorrow)
    assert letter.subject == "2 new results for your saved searches"
    assert letter.body.count("New plan") == 2


def test_what_comes_to_match_is_new_and_what_is_edited_is_not(reader, tomorrow) -> None:
    page = ArtifactFactory(title="Sketch")
    known = ArtifactFactory(title="Known plan")
    keep(reader)
    page.title = "Sketch of a plan"
    for one in (page, known):
        one.save_revision().publish(skip_permission_checks=True)
    (letter,) = run(tomorrow)
    assert "Sketch of a plan" in letter.body
    assert "Known plan" not in letter.body


def test_what_is_closed_is_never_mailed_and_an_insider_gets_it(reader, tomorrow) -> None:
    secret = CategoryFactory(title="Secret")
    close(secret, group("Insiders"))
    insider = person("Insiders")
    keep(reader)
    keep(insider)
    ArtifactFactory(title="Secret plan", parent=secret)
    (letter,) = run(tomorrow)
    assert letter.to == [insider.email]


def test_a_right_that_was_taken_away_takes_its_results_along(tomorrow) -> None:
    secret = CategoryFactory()
    close(secret, group("Insiders"))
    insider = person("Insiders")
    keep(insider)
    ArtifactFactory(title="Secret plan", parent=secret)
    insider.groups.clear()
    assert run(tomorrow) == []


def test_retired_and_unpublished_artifacts_are_no_news(reader, tomorrow) -> None:
    keep(reader)
    ArtifactFactory(title="Archived plan", archived=True)
    ArtifactFactory(title="Gone plan").unpublish()
    ArtifactFactory(title="Draft of a plan", draft=True)
    assert run(tomorrow) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_cannot_be_mailed_is_left_alone(reader, tomorrow, change) -> None:
    keep(reader)
    ArtifactFactory(title="New plan")
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()
    assert run(tomorrow) == []
    assert digests.deliver(person_id=reader.pk, now=tomorrow) == 0


@pytest.mark.parametrize("delivery", ["none", "feed"])
def test_who_wants_no_mail_gets_none(reader, tomorrow, delivery) -> None:
    keep(reader, delivery=delivery)
    ArtifactFactory(title="New plan")
    assert run(tomorrow) == []


def test_a_mail_server_that_is_away_loses_nothing(reader, tomorrow, monkeypatch) -> None:
    def away(*_args, **_kwargs) -> None:
        raise ConnectionRefusedError

    keep(reader)
    ArtifactFactory(title="New plan")
    with monkeypatch.context() as broken:
        broken.setattr(digests, "send_mail", away)
        with pytest.raises(OSError):
            digests.deliver(person_id=reader.pk, now=tomorrow)
    assert not Told.objects.exists()
    assert len(run(tomorrow)) == 1


def test_days_without_a_worker_are_made_up_for(reader) -> None:
    keep(reader)
    ArtifactFactory(title="New plan")
    assert len(run(later(5))) == 1


def test_one_whose_filter_is_gone_stops_nobody(reader, tomorrow) -> None:
    ArtifactFactory(title="A plan", tags=["rota"])
    broken = keep(reader, "Broken", "tag=rota")
    keep(reader)
    Artifact.objects.get(title="A plan").specific.delete()
    ArtifactFactory(title="New plan")
    (letter,) = run(tomorrow)
    assert broken.name not in letter.body


def test_a_name_over_two_lines_makes_no_header(reader, tomorrow) -> None:
    keep(reader, "Plans\r\nBcc: all@example.org")
    ArtifactFactory(title="New plan")
    (letter,) = run(tomorrow)
    assert "\n" not in letter.subject
    assert letter.recipients() == ["reader@example.org"]


def test_many_are_cut_to_a_list_with_the_rest_counted(reader, tomorrow, monkeypatch) -> None:
    monkeypatch.setattr("knowledge.catalog.digests.LISTED", 2)
    keep(reader)
    for number in range(5):
        ArtifactFactory(title=f"New plan {number}")
    (letter,) = run(tomorrow)
    assert "and 3 more" in letter.body
    assert run(later(2)) == []


def test_the_round_has_a_task_for_each_person(reader, tomorrow, monkeypatch) -> None:
    keep(reader)
    ArtifactFactory(title="New plan")
    monkeypatch.setattr(tasks.timezone, "now", lambda: tomorrow)
    tasks.mail_digests()
    tasks.mail_digests()
    assert len(mail.outbox) == 1
