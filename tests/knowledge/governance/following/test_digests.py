"""The mail about changes: what is new, once, and never what the person may not see."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from knowledge.catalog.models import CategoryPage
from knowledge.governance.following import digests, services, tasks
from knowledge.governance.following.models import Delivery, Follow
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group, person
from tests.knowledge.governance.following.conftest import later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def page():
    return ArtifactFactory(title="Hand over a shift")


def follow(reader, **what: object) -> Follow:
    return services.follow(by=reader, now=timezone.now(), **what)


def run(now: datetime) -> list:
    """The round as the worker does it; the mails that it sent."""
    before = len(mail.outbox)
    for person_id in digests.waiting(now=now):
        digests.deliver(person_id=person_id, now=now)
    return mail.outbox[before:]


def test_a_change_is_mailed_with_its_note_and_the_way_to_the_difference(
    reader, page, publish
) -> None:
    follow(reader, page=page)
    publish(page, note="Two steps added.", bottom_line="Shorter.")
    publish(page, note="And one taken away.", bottom_line="Longer.")

    (letter,) = run(later(1))

    assert letter.to == ["reader@example.org"]
    assert letter.subject == "“Hand over a shift” has changed"
    assert "1.1: Two steps added." in letter.body
    assert "1.2: And one taken away." in letter.body
    assert f"http://127.0.0.1:8000{page.url}changes/?from=1.0&to=1.2" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_twice_is_once(reader, page, publish) -> None:
    follow(reader, page=page)
    follow(reader, page=page.get_parent().specific)
    publish(page, bottom_line="Shorter.")

    assert len(run(later(1))) == 1
    assert run(later(1)) == run(later(1, 10)) == run(later(2)) == []
    assert digests.deliver(person_id=reader.pk, now=later(3)) == 0


def test_the_task_mails_one_person_at_a_time(reader, page, publish) -> None:
    follow(reader, page=page)
    publish(page, bottom_line="Shorter.")

    tasks.mail_person(reader.pk)

    assert [letter.to for letter in mail.outbox] == [["reader@example.org"]]


def test_what_was_published_before_or_by_oneself_is_no_news(reader, page, publish) -> None:
    publish(page, bottom_line="Before.")
    follow(reader, page=page)
    publish(page, bottom_line="Mine.", by=reader)

    assert run(later(1)) == []


def test_what_was_opened_meanwhile_is_no_news(reader, page, publish, client) -> None:
    follow(reader, page=page)
    publish(page, bottom_line="Shorter.")
    client.force_login(reader)
    client.get(page.url)

    assert run(later(1)) == []


def test_nobody_is_woken(reader, page, publish) -> None:
    follow(reader, page=page)
    publish(page, bottom_line="Shorter.")

    assert run(later(1, 3)) == []
    assert len(run(later(1, 7))) == 1


def test_a_section_and_a_tag_bring_what_is_in_them(reader, publish) -> None:
    category = CategoryPage.objects.first() or CategoryFactory()
    section = SectionFactory(parent=category)
    inside = ArtifactFactory(parent=section, title="Inside")
    tagged = ArtifactFactory(title="Tagged", tags=["night"])
    other = ArtifactFactory(title="Neither")
    follow(reader, page=section)
    follow(reader, tag=tagged.tags.get())
    new = ArtifactFactory(parent=section, title="New inside")
    for page in (inside, tagged, other):
        publish(page, bottom_line="Changed.")

    (letter,) = run(later(1))

    assert letter.subject == "3 artifacts that you follow have changed"
    assert "Inside (version 1.1)" in letter.body
    assert "Tagged (version 1.1)" in letter.body
    assert f"New inside (version 1.0)\n  http://127.0.0.1:8000{new.url}\n" in letter.body
    assert "Neither" not in letter.body


def test_what_is_closed_when_the_mail_goes_out_is_not_in_it(reader, publish) -> None:
    section = SectionFactory()
    page = ArtifactFactory(parent=section, title="Secret")
    follow(reader, page=page)
    follow(reader, page=section)
    publish(page, bottom_line="Changed.")
    close(section, group("Insiders"))

    assert run(later(1)) == []


def test_what_is_not_published_any_more_is_not_in_it(reader, page, publish) -> None:
    follow(reader, page=page)
    publish(page, bottom_line="Changed.")
    page.unpublish()

    assert run(later(1)) == []


def test_weekly_means_once_in_seven_days(reader, page, publish) -> None:
    follow(reader, page=page)
    services.choose_rhythm(by=reader, rhythm="weekly")
    publish(page, bottom_line="One.")
    assert len(run(later(1))) == 1
    publish(page, bottom_line="Two.")

    assert run(later(4)) == []
    assert len(run(later(8))) == 1


def test_no_mail_means_none_and_who_has_left_gets_none(reader, page, publish) -> None:
    follow(reader, page=page)
    left = person("Viewers")
    follow(left, page=page)
    left.is_active = False
    left.save()
    services.choose_rhythm(by=reader, rhythm="none")
    publish(page, bottom_line="One.")

    assert run(later(1)) == []


def test_a_mail_server_that_is_away_loses_nothing(reader, page, publish, monkeypatch) -> None:
    follow(reader, page=page)
    publish(page, bottom_line="One.")
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", _refuse)
        with pytest.raises(OSError, match="away"):
            digests.deliver(person_id=reader.pk, now=later(1))

    assert len(run(later(1))) == 1


def _refuse(*_args: object, **_kwargs: object) -> None:
    raise OSError("away")


def test_the_cost_does_not_grow_with_what_is_followed(
    reader, publish, django_assert_max_num_queries
) -> None:
    for number in range(8):
        page = ArtifactFactory(tags=[f"tag{number}"])
        follow(reader, page=page)
        follow(reader, tag=page.tags.get())
        publish(page, bottom_line="Changed.")

    with django_assert_max_num_queries(20):
        digests.deliver(person_id=reader.pk, now=later(1))


def test_what_is_weeks_old_is_no_news(reader, page, publish) -> None:
    one = follow(reader, page=page)
    Follow.objects.filter(pk=one.pk).update(since=timezone.now() - timedelta(days=90))
    publish(page, bottom_line="One.")

    assert run(later(20)) == []
    assert Delivery.objects.get().mailed_on is None or run(later(21)) == []
