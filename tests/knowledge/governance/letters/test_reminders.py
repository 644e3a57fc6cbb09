"""Mails about reviews: before, at and after, in one digest, and nothing twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from knowledge.catalog.models import GuidePage
from knowledge.catalog.trust import TrustState
from knowledge.governance import tasks
from knowledge.governance.models import ReviewReminder
from knowledge.governance.selectors.due import by_person, stage_on
from knowledge.governance.services import reminders, reviews
from tests.factories import ArtifactFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ZONE = ZoneInfo(settings.TIME_ZONE)
DAY = datetime(2027, 3, 1, 9, tzinfo=ZONE)


def owned(owner, *, due: datetime, **fields):
    """A verified artifact of ``owner`` whose review is due on that day."""
    return ArtifactFactory(
        owner_user=owner,
        last_reviewed=due.date() - timedelta(days=180),
        next_review=due.date(),
        **fields,
    )


def a_day(now: datetime) -> None:
    """What beat does in a day, of its hours the telling ones."""
    for hour in (5, 6, 7, 23):
        moment = now.replace(hour=hour)
        for person_id in reminders.waiting(now=moment):
            reminders.deliver(person_id=person_id, now=moment)


def test_three_mails_over_the_months_and_not_one_more(mailoutbox) -> None:
    owner = person()
    page = owned(owner, due=DAY)
    subjects = []
    for number in range(-30, 60):
        before = len(mailoutbox)
        a_day(DAY + timedelta(days=number))
        subjects += [(number, mail.to[0]) for mail in mailoutbox[before:]]
    assert subjects == [(-14, owner.email), (0, owner.email), (31, owner.email)]
    assert "wants your review" in mailoutbox[0].subject
    assert f"/admin/artifacts/{page.pk}/confirm/" in mailoutbox[0].body


def test_one_digest_for_all_of_a_day(mailoutbox) -> None:
    owner = person()
    for number in range(40):
        owned(owner, due=DAY + timedelta(days=number % 3), title=f"Plan {number:02}")
    a_day(DAY)
    (mail,) = mailoutbox
    assert mail.subject == "40 artifacts want your review"
    assert "Plan 00" in mail.body
    assert "and 1 more" in mail.body


def test_what_is_known_already_is_listed_apart(mailoutbox) -> None:
    owner = person()
    owned(owner, due=DAY, title="Old one")
    a_day(DAY)
    owned(owner, due=DAY + timedelta(days=15), title="New one")
    a_day(DAY + timedelta(days=1))
    new, _heading, known = mailoutbox[1].body.partition("You know of these already")
    assert "New one" in new
    assert "Old one" not in new
    assert "Old one" in known


def test_a_confirmed_review_is_quiet_until_the_next(mailoutbox) -> None:
    owner = person()
    page = owned(owner, due=DAY)
    a_day(DAY)
    reviews.confirm(page=page, by=person(administrator=True), on=DAY.date())
    for number in range(1, 160):
        a_day(DAY + timedelta(days=number))
    assert len(mailoutbox) == 1
    a_day(DAY + timedelta(days=page.review_interval_days))
    assert len(mailoutbox) == 2


def test_nothing_at_night_and_nothing_twice(mailoutbox) -> None:
    owner = person()
    owned(owner, due=DAY)
    assert reminders.waiting(now=DAY.replace(hour=5)) == []
    assert reminders.waiting(now=DAY) == [owner.pk]
    assert reminders.deliver(person_id=owner.pk, now=DAY) == 1
    assert reminders.deliver(person_id=owner.pk, now=DAY) == 0
    assert reminders.waiting(now=DAY) == []
    assert len(mailoutbox) == 1


def test_a_mail_that_was_refused_stays_due(monkeypatch) -> None:
    owner = person()
    owned(owner, due=DAY)

    def refuse(*args, **kwargs):
        raise OSError("the server is away")

    monkeypatch.setattr(reminders, "send_mail", refuse)
    with pytest.raises(OSError, match="away"):
        reminders.deliver(person_id=owner.pk, now=DAY)
    assert not ReviewReminder.objects.exists()
    assert reminders.waiting(now=DAY) == [owner.pk]


def test_groups_each_member_and_administrators_what_is_nobodys_or_long_overdue(mailoutbox) -> None:
    editors, admin = group("Editors"), person("Administrators")
    one, two = person("Editors"), person("Editors")
    gone = person("Editors", is_active=False)
    silent = person(email="")
    ArtifactFactory(
        owner_user=None,
        owner_group=editors,
        last_reviewed=DAY.date() - timedelta(days=9),
        next_review=DAY.date(),
    )
    owned(gone, due=DAY)
    owned(silent, due=DAY)
    stale = owned(one, due=DAY - timedelta(days=40))
    found = by_person(DAY.date())
    assert {pk: len(due) for pk, due in found.items()} == {one.pk: 2, two.pk: 1, admin.pk: 3}
    assert stale.pk in {due.page_id for due in found[admin.pk]}
    a_day(DAY)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([one.email, two.email, admin.email])


def test_retired_and_unpublished_ones_want_nothing() -> None:
    owner = person()
    owned(owner, due=DAY, archived_at=timezone.now())
    owned(owner, due=DAY, live=False)
    successor = ArtifactFactory()
    owned(owner, due=DAY, superseded_by=successor)
    assert by_person(DAY.date()) == {}


def test_nobody_reads_of_what_is_closed_to_them(mailoutbox) -> None:
    owner = person("Viewers")
    page = owned(owner, due=DAY)
    close(page, group("Editors"))
    a_day(DAY)
    assert mailoutbox == []


def test_the_stages_agree_with_the_states_that_readers_see() -> None:
    page = GuidePage(last_reviewed=DAY.date(), next_review=DAY.date())
    state = {None: "verified", "soon": "verified", "due": "due", "stale": "stale"}
    for days in range(-20, 50):
        today = DAY.date() + timedelta(days=days)
        assert page.trust_on(today) == TrustState(state[stage_on(page.next_review, today)])


def test_the_task_tells_everybody(mailoutbox, monkeypatch) -> None:
    owned(person(), due=DAY)
    owned(person(), due=DAY)
    monkeypatch.setattr(timezone, "now", lambda: DAY)
    tasks.remind_of_reviews()
    tasks.remind_of_reviews()
    assert len(mailoutbox) == 2


def test_the_cost_does_not_grow_with_the_library(django_assert_max_num_queries) -> None:
    owner = person()
    for _number in range(30):
        owned(owner, due=DAY)
    with django_assert_max_num_queries(3):
        by_person(DAY.date())
