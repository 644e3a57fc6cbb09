"""Saved searches are told of by whichever engine is there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from search.saved import digests, services
from tests.factories import close, group, person
from tests.search.helpers import artifact, shelf

pytestmark = pytest.mark.django_db


def test_what_is_new_is_mailed_and_what_is_closed_is_not(client, ready) -> None:
    secret = shelf("Secret", "secret")
    close(secret, group("Insiders"))
    artifact("Old plan")
    ready()
    insider, outsider = person("Insiders"), person("Viewers")
    for one in (insider, outsider):
        services.keep(by=one, name="Plans", query="q=plan", delivery="mail")
    artifact("New plan", last_published_at=timezone.now())
    artifact("Secret plan", parent=secret, last_published_at=timezone.now())
    ready()
    tomorrow = timezone.localtime().replace(hour=9) + timedelta(days=1)
    for person_id in digests.waiting(now=tomorrow):
        digests.deliver(person_id=person_id, now=tomorrow)
    told = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "New plan" in told[insider.email]
    assert "Secret plan" in told[insider.email]
    assert "New plan" in told[outsider.email]
    assert "Secret plan" not in told[outsider.email]
    assert "Old plan" not in "".join(told.values())
    feed = client.get("/feeds/search.atom?q=plan").content.decode()
    assert "New plan" in feed
    assert "Secret plan" not in feed
