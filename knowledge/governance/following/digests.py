"""The mail about what changed. What is in it is noted in the transaction that sends it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog import digests
from knowledge.catalog.models import Artifact
from knowledge.catalog.models.taxonomy import TaggedArtifact
from knowledge.catalog.permissions import Access, access_for, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.following.addresses import stop_token
from knowledge.governance.following.models import Delivery, Follow, Sighting, Told
from knowledge.governance.following.selectors import followed
from knowledge.governance.following.selectors.changed import difference
from knowledge.governance.models import Version

# What was hidden for longer, or could not be sent, is no news any more.
TOLD_WITHIN = timedelta(days=14)
Rhythm = Delivery.Rhythm


@dataclass(frozen=True, slots=True)
class News:
    """New versions of one artifact, the newest first. ``before``: the one that the person knew."""

    page: Artifact
    versions: Sequence[Version]
    before: str


def waiting(*, now: datetime) -> list[int]:
    """Ids of people who may have a mail due today."""
    if not digests.is_time(now):
        return []
    if not Version.objects.filter(published_at__gte=now - TOLD_WITHIN).exists():
        return []
    people = _due(timezone.localdate(now)).filter(
        person__is_active=True, person__follows__isnull=False
    )
    people = people.exclude(person__email="")
    return list(people.order_by("person").values_list("person", flat=True).distinct())


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> int:
    """Mail one person what changed, in one mail; how many artifacts it names.

    Whoever comes while another run is at it waits and finds nothing due.

    Raises:
        OSError: the mail server refused or is away; all of it is due as before.
    """
    today = timezone.localtime(now).date()
    due = _due(today).filter(person=person_id).select_for_update().first()
    if due is None:
        return 0
    due.mailed_on = today
    due.save(update_fields=["mailed_on"])
    person = get_user_model().objects.get(pk=person_id)
    if not (person.is_active and person.email):
        return 0
    news = _news(person, access_for(person), now)
    if not news:
        return 0
    Told.objects.bulk_create(
        [Told(person=person, version=version) for one in news for version in one.versions],
        ignore_conflicts=True,
    )
    _mail(person, news).send()
    return len(news)


def _due(today: date) -> QuerySet[Delivery]:
    daily = Q(rhythm=Rhythm.DAILY, mailed_on__lt=today)
    weekly = Q(rhythm=Rhythm.WEEKLY, mailed_on__lte=today - timedelta(days=7))
    first = Q(rhythm__in=[Rhythm.DAILY, Rhythm.WEEKLY], mailed_on__isnull=True)
    return Delivery.objects.filter(daily | weekly | first)


def _news(person: Any, access: Access, now: datetime) -> list[News]:
    """Published by others since it was followed, visible now, not opened and not told before."""
    follows = followed.of(person)
    pages = {
        page.pk: page
        for page in visible(Artifact.objects.all(), access).filter(followed.matching(follows))
        if (page.last_published_at or now) >= now - TOLD_WITHIN
    }
    tags: dict[int, set[int]] = defaultdict(set)
    tagged = TaggedArtifact.objects.filter(content_object__in=pages)
    for page_id, tag in tagged.values_list("content_object", "tag"):
        tags[page_id].add(tag)
    seen = dict(
        Sighting.objects.filter(person=person, page__in=pages).values_list("page", "version")
    )
    told = set(
        Told.objects.filter(person=person, version__page__in=pages).values_list(
            "version", flat=True
        )
    )
    history: dict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(page__in=pages):
        history[version.page_id].append(version)
    found = []
    for page_id, page in pages.items():
        about = [one for one in follows if followed.covers(one, page, tags[page_id])]
        one = _news_of(page, history[page_id], about, person, told, seen.get(page_id), now)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.versions[0].published_at, reverse=True)


def _news_of(
    page: Artifact,
    history: Sequence[Version],
    follows: Sequence[Follow],
    person: Any,
    told: set[int],
    seen: str | None,
    now: datetime,
) -> News | None:
    if not follows or not history or history[0].number == seen:
        return None
    since = max(min(one.since for one in follows), now - TOLD_WITHIN)
    new, known = [], ""
    for version in history:
        if version.number == seen or version.pk in told or version.published_at < since:
            known = version.number
            break
        if version.published_by_id != person.pk:
            new.append(version)
    return News(page, new, known) if new else None


def _mail(person: Any, news: Sequence[News]) -> EmailMessage:
    stop = _address(reverse("following:stop", args=[stop_token(person.pk)]))
    return EmailMessage(
        _subject(news),
        _body(news, stop),
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _subject(news: Sequence[News]) -> str:
    if len(news) == 1:
        return " ".join((_("“%s” has changed") % news[0].page.title).split())[:150]
    words = ngettext(
        "%d artifact that you follow has changed", "%d artifacts that you follow have changed", 2
    )
    return words % len(news)


def _body(news: Sequence[News], stop: str) -> str:
    lines = [*digests.listed(news, _lines), ""]
    lines += [_("All that changed since you last looked:"), _address(reverse("following:changed"))]
    lines += [_("Choose what you follow and how often you hear of it:")]
    lines += [_address(reverse("following:list")), _("Stop these mails:"), stop]
    return "\n".join(lines)


def _lines(one: News) -> list[str]:
    newest = one.versions[0]
    url = site_path(one.page.url_path)
    return [
        f"- {one.page.title} ({_('version')} {newest.number})",
        *[f"  {v.number}: {v.change_note}" for v in one.versions if v.change_note],
        f"  {_address(difference(url, one.before, newest.number))}",
    ]


def _address(path: Any) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}"
