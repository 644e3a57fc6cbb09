"""The writing half of an import: drafts first, then what they say, through the catalogue's services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import Artifact
from knowledge.catalog.services import publishing
from knowledge.exchange.documents.addresses import Library, address_of
from knowledge.exchange.documents.load import load_body
from knowledge.exchange.documents.metadata import MetadataError, Vocabulary
from knowledge.exchange.imports import report, review
from knowledge.exchange.imports.content import Draft
from knowledge.exchange.imports.images import ImageShelf
from knowledge.exchange.imports.plan import PlannedPage
from knowledge.exchange.imports.report import DROPPED, FileReport, Note
from knowledge.exchange.imports.texts import Text
from knowledge.exchange.kinds import PAGE_TYPES
from knowledge.exchange.records import Decision, Records
from templates_lib.portable import PortableError

EDITED = "a person changed the page since the last import; it was left as it is"
DELETED = "a person deleted the page; it was not made again"
NO_PLACE = "its folder has no section: a person deleted it"
OTHER_KIND = "it would now be another kind of artifact; delete or move the page to import it anew"
NO_CONTENT = "it holds nothing but a title"


class ShelfLibrary(Library):
    """Pages by address, images by the ref of their file."""

    def __init__(self, pages: Mapping[str, int], shelf: ImageShelf) -> None:
        super().__init__(pages=pages)
        self._shelf = shelf

    def image_id(self, name: str) -> int:
        return self._shelf.id_of(name)


@dataclass
class PageWriter:
    """``sections`` has the page of each folder (None in a dry run)."""

    records: Records
    by: Any
    owner: str
    is_dry_run: bool
    shelf: ImageShelf
    sections: Mapping[str, Page | None]
    collection: str
    _placed: dict[str, Page | None] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._vocabulary = Vocabulary.load()
        made = [page for page in self.sections.values() if page is not None]
        self._ids |= {address_of(page.url_path): page.pk for page in made}

    # Places.

    def place(self, planned: PlannedPage, kind: str, section_address: str) -> str:
        """The address of the page of a text, made as an empty draft when it is new.

        Empty when it gets none: its section or the page itself was deleted by a person.
        """
        ref = planned.text.ref
        page = self.records.page(ref)
        if page is None:
            if self.records.is_deleted(ref) or planned.folder not in self.sections:
                return ""
            if self.is_dry_run:
                self._addresses[ref] = f"{section_address}/{planned.slug}"
                return self._addresses[ref]
            page = self._make(planned, kind)
        address = address_of(page.url_path)
        self._placed[ref], self._addresses[ref] = page, address
        self._ids[address] = page.pk
        return address

    @transaction.atomic
    def _make(self, planned: PlannedPage, kind: str) -> Page:
        parent: Any = self.sections[planned.folder]
        page = PAGE_TYPES[kind](
            slug=_free_slug(parent, planned.slug),
            title=planned.text.title,
            bottom_line=planned.text.title[:300],
        )
        self._own(page, planned.text)
        made = publishing.create(page=page, parent=parent, by=self.by)
        self.records.begin(planned.text.ref, made)
        return made

    # Content.

    def fill(self, planned: PlannedPage, draft: Draft, digest: str, entry: FileReport) -> None:
        """Bring the page of a text up to date, and say in ``entry`` what became of it."""
        text = planned.text
        entry.address = f"/{self._addresses[text.ref]}/" if text.ref in self._addresses else ""
        decision = self.records.decide(text.ref, digest)
        if decision is Decision.DELETED:
            entry.outcome, entry.reason = report.CONFLICT, DELETED
        elif text.ref not in self._addresses:
            entry.reason = NO_PLACE
        elif decision is Decision.EDITED:
            entry.outcome, entry.reason = report.CONFLICT, EDITED
        elif decision is Decision.NOTHING:
            entry.outcome = report.UNCHANGED
        elif self.is_dry_run:
            self._foresee(planned, draft, entry)
        else:
            self._write(planned, draft, digest, entry)

    def _foresee(self, planned: PlannedPage, draft: Draft, entry: FileReport) -> None:
        """Without references, which need pages that do not exist yet."""
        names = {next(iter(block)) for block in draft.body}
        needs = PAGE_TYPES[draft.kind].REQUIREMENTS
        missing = [str(one.label) for one in needs if not names & set(one.blocks)]
        self._say(planned.text, draft, missing, entry)

    def _write(self, planned: PlannedPage, draft: Draft, digest: str, entry: FileReport) -> None:
        text = planned.text
        placed = self._placed[text.ref]
        page: Any = placed.specific if placed is not None else None
        if page is None or page.kind != draft.kind:
            entry.outcome, entry.reason = report.CONFLICT, OTHER_KIND
            return
        try:
            with transaction.atomic():
                self._put(page, text, draft, digest)
                missing = self._settle(page, text, draft)
                self.records.finish(text.ref, page, digest)
        except (PortableError, MetadataError, ValidationError, PermissionDenied) as error:
            entry.outcome, entry.reason = report.LEFT, f"it could not be written: {_words(error)}"
            return
        self._say(text, draft, missing, entry)

    def _put(self, page: Artifact, text: Text, draft: Draft, digest: str) -> None:
        page.title, page.bottom_line = text.title, draft.bottom_line
        if text.review_interval_days:
            page.review_interval_days = text.review_interval_days
        page.tags.set(self._vocabulary.tag_list(text.tags))
        self._own(page, text)
        if draft.decision_status:
            page.status = draft.decision_status
        page.body = load_body(page, draft.body, ShelfLibrary(self._ids, self.shelf))

    def _settle(self, page: Artifact, text: Text, draft: Draft) -> list[str]:
        """Publish what is complete, keep the rest as a draft; returns what is missing."""
        missing = page.missing_parts() if draft.body else [NO_CONTENT]
        if missing or text.is_draft:
            publishing.save_draft(page=page, by=self.by)
            return missing
        try:
            publishing.publish(page=page, by=self.by)
        except IncompleteArtifact as error:
            publishing.save_draft(page=page, by=self.by)
            return error.missing
        review.carry_over(page, text)
        return []

    def _say(self, text: Text, draft: Draft, missing: list[str], entry: FileReport) -> None:
        if not draft.body:
            entry.outcome, entry.reason = report.DRAFT, NO_CONTENT
        elif missing:
            entry.outcome = report.DRAFT
            entry.reason = f"still missing: {', '.join(missing)}"
        elif text.is_draft:
            entry.outcome, entry.reason = report.DRAFT, "its front matter says so"
        else:
            entry.outcome = report.PUBLISHED

    def _own(self, page: Artifact, text: Text) -> None:
        """The owner that the file names and the portal knows; else the one of this import."""
        named = str(text.head.get("owner") or "")
        for name in (named, f"user:{named}", f"group:{named}", self.owner):
            try:
                page.owner_user, page.owner_group = self._vocabulary.owner(name)
            except MetadataError:
                continue
            if named and name == self.owner:
                text.notes.append(
                    Note(DROPPED, f"owner {named[:80]}, whom the portal does not know")
                )
            return
        page.owner_user, page.owner_group = self.by, None


def _free_slug(parent: Any, slug: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _words(error: Exception) -> str:
    messages = getattr(error, "messages", None)
    return "; ".join(messages) if messages else str(error)
