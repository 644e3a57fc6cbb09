"""The daily mail. What is in it is noted in the transaction that sends it: once, or again later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog import digests
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_for, visible
from knowledge.catalog.selectors.cards import Card, cards
from search.querying.errors import BadFilter
from search.saved.matching import matching
from search.saved.models import SavedSearch, Told

MAX_SUBJECT_CHARS = 150


@dataclass(frozen=True, slots=True)
class News:
    saved: SavedSearch
    fresh: Sequence[Card]


def waiting(*, now: datetime) -> list[int]:
    """Ids of people who may have a mail due today."""
    if not digests.is_time(now):
        return []
    people = _due(timezone.localdate(now)).filter(person__is_active=True).exclude(person__email="")
    return list(people.order_by("person").values_list("person", flat=True).distinct())


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> int:
    """Mail one person what is new, in one mail; how many artifacts it names.

    Whoever comes while another run is at it waits and finds nothing due.

    Raises:
        OSError: the mail server refused or is away; all of it is due as before.
    """
    today = timezone.localtime(now).date()
    due = list(_due(today).filter(person=person_id).select_for_update().order_by("name", "pk"))
    if not due:
        return 0
    person = get_user_model().objects.get(pk=person_id)
    access = access_for(person)
    news = [one for saved in due if (one := News(saved, _fresh(saved, access))).fresh]
    SavedSearch.objects.filter(pk__in=[saved.pk for saved in due]).update(mailed_on=today)
    if not (news and person.is_active and person.email):
        return 0
    Told.objects.bulk_create(
        [Told(search=one.saved, page_id=card.id) for one in news for card in one.fresh],
        ignore_conflicts=True,
    )
    send_mail(_subject(news), _body(news), settings.DEFAULT_FROM_EMAIL, [person.email])
    return len({card.id for one in news for card in one.fresh})


def _due(today: date) -> QuerySet[SavedSearch]:
    not_yet = Q(mailed_on__lt=today) | Q(mailed_on__isnull=True)
    return SavedSearch.objects.filter(not_yet, delivery=SavedSearch.Delivery.MAIL)


def _fresh(saved: SavedSearch, access: Access) -> list[Card]:
    """Published since, matching now, and not told before."""
    try:
        found = matching(saved.query, access)
    except BadFilter:
        # A term is gone or closed: the list of saved searches says so.
        return []
    known = set(saved.told.filter(page__in=found).values_list("page", flat=True))
    pages = visible(
        Artifact.objects.filter(
            pk__in=[pk for pk in found if pk not in known],
            last_published_at__gte=saved.since,
            superseded_by__isnull=True,
            archived_at__isnull=True,
        ),
        access,
    )
    return cards(pages.order_by("-last_published_at", "-pk"))


def _subject(news: Sequence[News]) -> str:
    count = sum(len(one.fresh) for one in news)
    facts: dict[str, Any] = {"n": count, "name": news[0].saved.name}
    if len(news) == 1:
        words = ngettext(
            "%(n)d new result for “%(name)s”", "%(n)d new results for “%(name)s”", count
        )
    else:
        words = _("%(n)d new results for your saved searches")
    return " ".join((words % facts).split())[:MAX_SUBJECT_CHARS]


def _body(news: Sequence[News]) -> str:
    lines: list[str] = []
    for one in news:
        lines += [one.saved.name, _address(f"{reverse('search:results')}?{one.saved.query}"), ""]
        lines += [*digests.listed(one.fresh, _lines), ""]
    lines += [_("Change or stop these mails:"), _address(reverse("search:saved"))]
    return "\n".join(lines)


def _lines(card: Card) -> list[str]:
    return [
        f"- {card.title} ({card.kind_label})",
        f"  {card.bottom_line}",
        f"  {_address(card.url)}",
    ]


def _address(path: str) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}"
