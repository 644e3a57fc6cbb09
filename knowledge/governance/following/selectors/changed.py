"""What of a person's artifacts changed since that person last looked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.following.models import Sighting
from knowledge.governance.following.selectors import followed
from knowledge.governance.models import Version
from knowledge.governance.services.versions import UNPUBLISHED

# What a person owns and never opened counts as changed for so long.
NEW_FOR = timedelta(days=30)
NOTES = 5


@dataclass(frozen=True, slots=True)
class Changed:
    """``seen``: the version last opened, empty when it was never. Notes are the newest first."""

    page_id: int
    title: str
    kind: str
    kind_label: str
    url: str
    version: str
    seen: str
    published_at: datetime | None
    notes: Sequence[tuple[str, str]]

    @property
    def changes_url(self) -> str:
        return difference(self.url, self.seen, self.version)


def difference(url: str, old: str, new: str) -> str:
    """Where both versions are compared; the page itself when there is nothing to compare with."""
    return f"{url}changes/?{urlencode({'from': old, 'to': new})}" if old else url


def since_last_look(person: Any, access: Access, now: datetime) -> QuerySet[Artifact]:
    """Once opened, owned, or published since it is followed; newest first.

    ``seen`` holds the version that was opened.
    """
    owned = Q(
        pk__in=Artifact.objects.filter(
            Q(owner_user=person.pk) | Q(owner_group__user=person.pk)
        ).values("pk")
    )
    follows = followed.of(person)
    sightings = Sighting.objects.filter(person=person.pk)
    seen = sightings.filter(page=OuterRef("pk")).values("version")[:1]
    pages = visible(Artifact.objects.all(), access).exclude(version=UNPUBLISHED)
    pages = pages.annotate(seen=Subquery(seen, output_field=CharField()))
    other = Q(seen__isnull=False) & ~Q(seen=F("version"))
    never = Q(seen__isnull=True) & (
        (owned & Q(last_published_at__gte=now - NEW_FOR)) | followed.news_of(follows)
    )
    return pages.filter(other | never).order_by("-last_published_at", "-pk")


def lines(pages: Sequence[Any]) -> list[Changed]:
    """With the notes of the versions that came after the one last opened. One query."""
    rows = Version.objects.filter(page__in=[page.pk for page in pages])
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for page_id, number, note in rows.values_list("page", "number", "change_note"):
        told[page_id].append((number, note))
    return [
        Changed(
            page_id=page.pk,
            title=page.title,
            kind=page.kind,
            kind_label=page.kind_label,
            url=site_path(page.url_path),
            version=page.version,
            seen=page.seen or "",
            published_at=page.last_published_at,
            notes=_after(told[page.pk], page.seen),
        )
        for page in pages
    ]


def _after(versions: list[tuple[str, str]], seen: str | None) -> list[tuple[str, str]]:
    newer: list[tuple[str, str]] = []
    for number, note in versions:
        if number == seen or len(newer) == NOTES:
            break
        newer.append((number, note))
    return [(number, note) for number, note in newer if note]
