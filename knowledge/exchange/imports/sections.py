"""Folders of an import as sections of the tree."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.models import Page

from knowledge.exchange.documents.addresses import address_of
from knowledge.exchange.imports.content import MAX_BOTTOM_LINE_CHARS, Draft
from knowledge.exchange.imports.links import Target
from knowledge.exchange.imports.plan import Folder, Plan
from knowledge.exchange.imports.under import Base, make_section
from knowledge.exchange.records import Decision, Records


@dataclass
class SectionWriter:
    """``pages`` has the page of each folder; a folder that is missing in it takes nothing."""

    base: Base
    records: Records
    by: Any
    is_dry_run: bool
    pages: dict[str, Page | None] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)

    def write(self, plan: Plan, drafts: Mapping[str, Draft]) -> None:
        """Make what is missing, from the top down; bring titles up to date that nobody changed."""
        for ref in sorted(plan.folders, key=lambda one: one.count("/")):
            folder = plan.folders[ref]
            if folder.parent is None:
                self._stands_at(ref, self.base.page, self.base.address)
            elif folder.parent in self.pages:
                self._section(folder, _intro(folder, drafts))

    def _section(self, folder: Folder, intro: str) -> None:
        digest = hashlib.sha256(repr([folder.title, intro]).encode()).hexdigest()
        decision = self.records.decide(folder.ref, digest)
        parent = self.pages[folder.parent or ""]
        if decision is Decision.DELETED:
            return
        if decision is Decision.CREATE:
            planned = f"{self.targets[folder.parent or ''].address}/{folder.slug}"
            if self.is_dry_run:
                self._stands_at(folder.ref, None, planned)
                return
            page = self._make(folder, parent, intro, digest)
        else:
            known = self.records.page(folder.ref)
            assert known is not None  # noqa: S101 - every other decision has a page
            page = known.specific
            if decision is Decision.UPDATE and not self.is_dry_run:
                self._update(page, folder, intro, digest)
        self._stands_at(folder.ref, page, address_of(page.url_path))

    @transaction.atomic
    def _make(self, folder: Folder, parent: Any, intro: str, digest: str) -> Page:
        taken = set(parent.get_children().values_list("slug", flat=True))
        slug, number = folder.slug, 2
        while slug in taken:
            slug, number = f"{folder.slug}-{number}", number + 1
        page = make_section(parent, slug, folder.title, intro, by=self.by)
        self.records.begin(folder.ref, page)
        self.records.finish(folder.ref, page, digest)
        return page

    @transaction.atomic
    def _update(self, page: Any, folder: Folder, intro: str, digest: str) -> None:
        page.title, page.intro = folder.title[:255], intro
        page.save_revision(user=self.by).publish(user=self.by)
        self.records.finish(folder.ref, page, digest)

    def _stands_at(self, ref: str, page: Page | None, address: str) -> None:
        self.pages[ref] = page
        self.targets[ref] = Target(address)


def _intro(folder: Folder, drafts: Mapping[str, Draft]) -> str:
    if folder.index is None or folder.index.is_draft:
        return ""
    draft = drafts[folder.index.ref]
    has_words = folder.index.description or draft.body
    return draft.bottom_line[:MAX_BOTTOM_LINE_CHARS] if has_words else ""
