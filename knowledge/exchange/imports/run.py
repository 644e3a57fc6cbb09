"""Imports a folder: looks at it, makes the pages, fills them, tells what it did.

Each page is its own transaction, and every step can be repeated: an import that was broken off is
finished by running it again.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.exchange.imports import anchors, content, files, links, plan, report
from knowledge.exchange.imports import texts as reading
from knowledge.exchange.imports.addresses import Resolver
from knowledge.exchange.imports.convert import KeepLinks, convert
from knowledge.exchange.imports.files import SourceTree, UnreadableText
from knowledge.exchange.imports.images import ImageShelf
from knowledge.exchange.imports.report import FileReport, Report
from knowledge.exchange.imports.sections import SectionWriter
from knowledge.exchange.imports.under import Base
from knowledge.exchange.imports.write import PageWriter
from knowledge.exchange.records import Records


@dataclass
class Options:
    """``owner`` is ``user:NAME`` or ``group:NAME`` for texts that name none; by default ``by``."""

    folder: Path
    under: str
    by: Any
    is_dry_run: bool = False
    owner: str = ""
    collection: str = ""


def run(options: Options) -> Report:
    """Import ``options.folder``.

    Raises:
        KnowledgeError: the place to import to does not exist or may not be written to.
        PermissionDenied: the person may not add pages there.
    """
    base = Base.find(options.under, by=options.by, is_dry_run=options.is_dry_run)
    tree = files.scan(options.folder)
    made = Report(options.folder.name, base.address, options.is_dry_run)
    return _Import(options, base, tree, made).run()


@dataclass
class _Import:
    options: Options
    base: Base
    tree: SourceTree
    report: Report
    texts: dict[str, reading.Text] = field(default_factory=dict)
    reports: dict[str, FileReport] = field(default_factory=dict)
    anchors: dict[str, dict[str, str]] = field(default_factory=dict)
    targets: dict[str, links.Target] = field(default_factory=dict)

    def run(self) -> Report:
        options = self.options
        collection = options.collection or f"{self.base.address}:{options.folder.name}"
        records = Records(collection[:200])
        self._read()
        self.plan = plan.make(list(self.texts.values()))
        images = {one.ref: one for one in self.tree.images}
        self.shelf = ImageShelf(images, by=options.by, is_dry_run=options.is_dry_run)
        aliases = [(ref, alias) for ref, text in self.texts.items() for alias in text.aliases]
        self.resolver = Resolver([*self.texts, *images], aliases)
        drafts = self._first_look()
        sections = SectionWriter(self.base, records, options.by, options.is_dry_run)
        sections.write(self.plan, drafts)
        self.targets |= sections.targets
        pages = PageWriter(
            records=records,
            by=options.by,
            owner=options.owner,
            is_dry_run=options.is_dry_run,
            shelf=self.shelf,
            sections=sections.pages,
            collection=collection,
        )
        self._place(pages, drafts)
        self._fill(pages)
        self._tell_images()
        return self.report

    def _read(self) -> None:
        for source in self.tree.files:
            entry = FileReport(source.ref, reason=source.reason)
            self.reports[source.ref] = entry
            self.report.files.append(entry)
        for source in self.tree.texts:
            try:
                text = reading.read(source)
            except (UnreadableText, OSError) as error:
                self.reports[source.ref].reason = str(error)
                continue
            self.texts[source.ref] = text
            self.reports[source.ref].notes += text.notes

    def _first_look(self) -> dict[str, content.Draft]:
        """Every text with its links as they are: enough to know kinds, anchors and indexes."""
        drafts = {}
        for ref, text in self.texts.items():
            converted = convert(text.markdown, KeepLinks())
            drafts[ref] = draft = content.shape(text, converted.blocks)
            self.anchors[ref] = anchors.of(text.title, draft.body, converted.names)
            # The place that is imported to keeps its own introduction.
            is_index = any(one.index is text for one in self.plan.folders.values() if one.ref)
            # A draft is a page, which can be one: sections are published.
            may_open = is_index and not text.is_draft
            if may_open and not content.is_more_than(
                draft.bottom_line, converted.blocks, text.title
            ):
                # The introduction of its section says it all.
                self.plan.pages.pop(ref, None)
                self.reports[ref].notes += converted.notes
        return drafts

    def _place(self, pages: PageWriter, drafts: dict[str, content.Draft]) -> None:
        """Every page as a draft at its address, so that links can name it."""
        for ref, planned in self.plan.pages.items():
            section = self.targets.get(planned.folder)
            if section is None:
                continue
            address = pages.place(planned, drafts[ref].kind, section.address)
            if address:
                self.targets[ref] = links.Target(address, self.anchors[ref])
        for ref, folder in self.plan.folders.items():
            # An index that is no page of its own is its section.
            index = folder.index
            if index is not None and index.ref not in self.plan.pages and ref in self.targets:
                self.targets[index.ref] = self.targets[ref]

    def _target(self, ref: str) -> links.Target | None:
        """The page of a file; of a folder, the page that opens it, else its section."""
        if not ref.endswith("/"):
            return self.targets.get(ref)
        index = self.resolver.index_of(ref)
        if index in self.targets:
            return self.targets[index]
        folder = plan.folder_of(ref)
        opened = self.plan.folders.get(folder)
        if opened and opened.index and opened.index.ref in self.targets:
            return self.targets[opened.index.ref]
        return self.targets.get(folder)

    def _fill(self, pages: PageWriter) -> None:
        for ref, text in self.texts.items():
            entry = self.reports[ref]
            planned = self.plan.pages.get(ref)
            if planned is None:
                self._tell_section(ref, entry)
                continue
            source = links.FileLinks(ref, self.resolver, self._target, self.shelf)
            converted = convert(text.markdown, source)
            draft = content.shape(text, converted.blocks)
            entry.notes += [*converted.notes, *source.notes, *draft.notes]
            entry.kind = draft.kind
            digest = _digest(text, draft, self.shelf)
            pages.fill(planned, draft, digest, entry)

    def _tell_section(self, ref: str, entry: FileReport) -> None:
        entry.outcome = report.SECTION
        if ref in self.targets:
            entry.address = f"/{self.targets[ref].address}/"

    def _tell_images(self) -> None:
        for image in self.tree.images:
            entry = self.reports[image.ref]
            if image.ref in self.shelf.refused:
                entry.reason = self.shelf.refused[image.ref]
            elif image.ref in self.shelf.shown:
                entry.outcome = report.IMAGE
            else:
                entry.reason = "no page shows it"


def _digest(text: reading.Text, draft: content.Draft, shelf: ImageShelf) -> str:
    """Of everything that the page is made from, the places its links lead to included."""
    shown = sorted(
        shelf.fingerprint(block["image"]["image"]) for block in draft.body if "image" in block
    )
    said = [text.title, dict(text.head), draft.kind, draft.bottom_line, draft.body, shown]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
