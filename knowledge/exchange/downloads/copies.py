"""One artifact as it is taken along: its text in our Markdown, what stands on the cover, its images.

A copy is made for one ``Access``: a link to what that person may not see is plain text in it, and
nothing in it depends on the day it is made, so that the same revision gives the same bytes.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from knowledge.catalog.kinds import Maturity
from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.body import render_context
from knowledge.catalog.selectors.categories import site_path
from knowledge.catalog.trust import TrustState
from knowledge.exchange.downloads.pictures import Picture, pictures_of, referenced_images
from templates_lib.markdown import write
from templates_lib.rendering import RenderContext, rendering

Addressing = Callable[[Picture], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the cover."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Copy:
    """``body`` is Markdown whose headings start at level 2; ``pictures`` are those it shows, by
    the address it shows them under.
    """

    page: Artifact
    body: str
    pictures: dict[str, Picture]
    context: RenderContext

    @property
    def address(self) -> str:
        return settings.PORTAL_BASE_URL + site_path(self.page.url_path)

    @property
    def published(self) -> datetime:
        """When the live version was published: the date of every file made from it."""
        return self.page.last_published_at or self.page.latest_revision_created_at or timezone.now()

    @property
    def day(self) -> date:
        return timezone.localtime(self.published).date()

    @property
    def stem(self) -> str:
        return f"{self.page.slug}-v{self.page.version}-{self.day:%Y-%m-%d}"

    @property
    def tags(self) -> list[str]:
        return sorted(tag.name for tag in self.page.tags.all())

    @property
    def reviewer(self) -> str:
        person = self.page.reviewed_by
        return called(person)

    @cached_property
    def facts(self) -> list[Fact]:
        """What the cover tells, in the reader's words; what is not known is left out."""
        page = self.page
        rows = [
            Fact(_("Version"), _version(page, self.day)),
            Fact(_("What changed"), page.change_note),
            Fact(_("Owner"), page.owned_by),
            Fact(_("Verified"), self._verified()),
            Fact(_("Next review"), _day(page.next_review)),
            Fact(_("Maturity"), str(Maturity(page.maturity).label) if page.maturity else ""),
            Fact(_("Effort"), page.effort_label),
            Fact(_("State"), self._state()),
            Fact(_("Licence"), page.licence),
            Fact(_("Address"), self.address, self.address),
        ]
        return [fact for fact in rows if fact.value]

    def _verified(self) -> str:
        if not self.page.last_reviewed:
            return _("Not verified yet")
        day = _day(self.page.last_reviewed)
        return (
            _("%(day)s by %(who)s") % {"day": day, "who": self.reviewer} if self.reviewer else day
        )

    def _state(self) -> str:
        """The badge of the page in words, as it is on the day of the download."""
        reasons = {
            TrustState.DUE: _("the day of its review has come"),
            TrustState.STALE: _("its review is long overdue"),
            TrustState.SUPERSEDED: _("there is a newer artifact in its place"),
            TrustState.ARCHIVED: _("kept for the record and no longer maintained"),
        }
        state = self.page.trust
        return f"{state.label}: {reasons[state]}" if state in reasons else str(state.label)

    def digest(self, *more: Any) -> str:
        """The same for copies that say the same; ``more`` adds what else the file depends on."""
        pictures = [(src, one.name, one.fingerprint) for src, one in self.pictures.items()]
        facts = [(fact.label, fact.value) for fact in self.facts]
        page = self.page
        said = [
            page.title,
            page.bottom_line,
            page.kind,
            self.tags,
            self.body,
            facts,
            pictures,
            more,
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:32]


def of(page: Artifact, access: Access, addressing: Addressing | None = None) -> Copy:
    """The copy of a live artifact. ``addressing`` says how its text names an image: by default by
    the name of the file.

    Six queries, whatever the length.
    """
    pictures = pictures_of(referenced_images(page.body))
    named = {pk: (addressing or _by_name)(one) for pk, one in pictures.items()}
    context = replace(
        render_context(page.body, access, base_url=settings.PORTAL_BASE_URL),
        images=named,
        documents=documents_of(page),
    )
    return Copy(
        page=page,
        body=markdown_of(page, context),
        pictures={named[pk]: one for pk, one in pictures.items()},
        context=context,
    )


def markdown_of(page: Artifact, context: RenderContext) -> str:
    """The body in our Markdown, links and images as ``context`` has them."""
    with rendering(context):
        return write.join(*(child.block.as_markdown(child.value) for child in page.body))


def _by_name(picture: Picture) -> str:
    return picture.name


def documents_of(page: Artifact) -> dict[int, str]:
    """Whole addresses of the files that the body offers, by id."""
    model = get_document_model()
    found = page.body.stream_block.extract_references(page.body)
    ids = {int(ref[1]) for ref in found if issubclass(ref[0], model)}
    if not ids:
        return {}
    rows = model.objects.filter(pk__in=ids)
    return {row.pk: settings.PORTAL_BASE_URL + row.url for row in rows}


def _day(day: date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""


def _version(page: Artifact, day: date) -> str:
    return _("%(number)s of %(day)s") % {"number": page.version, "day": _day(day)}
