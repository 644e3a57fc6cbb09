"""Mails about variants; each is written with the change that it tells of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for, is_visible

MAX_SUBJECT_CHARS = 150
# Of an owning group no more are written to.
MOST = 100


def people_of(page: Artifact) -> list[Any]:
    """Who answers for the artifact and has an open account with an address."""
    people = [page.owner_user] if page.owner_user else []
    if page.owner_group:
        people = list(page.owner_group.user_set.filter(is_active=True).order_by("pk")[:MOST])
    return [person for person in people if person.is_active and person.email]


def who_see(people: Iterable[Any], page: Artifact) -> list[Any]:
    """Those to whom the page may be named."""
    return [person for person in people if is_visible(page, access_for(person))]


def send(*, to: Iterable[Any], subject: str, lines: Iterable[str], path: str) -> None:
    """One mail each, so that nobody reads the addresses of others; nobody twice."""
    body = "\n".join([*lines, "", f"{settings.PORTAL_BASE_URL}{path}"])
    for address in dict.fromkeys(person.email for person in to if person.is_active):
        if address:
            line = " ".join(subject.split())[:MAX_SUBJECT_CHARS]
            send_mail(line, body, settings.DEFAULT_FROM_EMAIL, [address])
