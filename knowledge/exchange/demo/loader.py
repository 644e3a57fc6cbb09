"""Brings the content files into the portal: pages first, so that links resolve, then what they say.

One transaction: it is all there or nothing of it. What a person changed or deleted since the last
run stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.catalog.errors import IncompleteArtifact, KnowledgeError
from knowledge.catalog.models import Artifact, HomePage
from knowledge.catalog.services import publishing
from knowledge.exchange.demo import (
    history,
    holders,
    measures,
    people,
    practice,
    reviewing,
    state,
    teams,
    variants,
    vocabularies,
    voices,
)
from knowledge.exchange.demo.bodies import DemoLibrary, body_data, set_references
from knowledge.exchange.demo.files import Content, Entry, read
from knowledge.exchange.documents import metadata
from knowledge.exchange.documents.load import load_body
from knowledge.exchange.documents.metadata import MetadataError, Vocabulary
from knowledge.exchange.errors import ContentError
from knowledge.exchange.kinds import PAGE_TYPES
from knowledge.exchange.records import Decision, Records
from knowledge.governance.services import site
from knowledge.governance.services.versions import UNPUBLISHED
from templates_lib.portable import PortableError

COLLECTION = "demo"
ACTOR = "administrator"


@dataclass
class Outcome:
    """What a run did, by reference of the file."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # changed or deleted by a person
    unchanged: int = 0
    problems: list[ContentError] = field(default_factory=list)  # only a check gathers them
    logins: list[people.Login] = field(default_factory=list)


class _CheckOnly(Exception):
    """Ends the transaction of a check without a trace."""


def load(
    *, root: Path, password: str, now: datetime, check: bool = False, tell: Callable[[str], None]
) -> Outcome:
    """Load what is under ``root``; with ``check`` only look for everything that is wrong in it.

    Raises:
        ContentError: naming the file and the place in it; nothing was changed. A check raises it
            only for files that cannot be read at all.
    """
    content = read(root)
    outcome = Outcome()
    try:
        with DemoLibrary(root / "media", check=check) as library, transaction.atomic():
            with _references_at_the_end() as written:
                _Load(root, content, password, now, outcome, library, written, check, tell).run()
            if check:
                raise _CheckOnly
    except _CheckOnly:
        pass
    return outcome


@contextmanager
def _references_at_the_end() -> Iterator[list[Page]]:
    """One pass of Wagtail's reference index over the written pages instead of one at every save."""
    written: list[Page] = []
    with disable_reference_index_auto_update():
        yield written
    for page in written:
        ReferenceIndex.create_or_update_for_object(page)


@dataclass
class _Load:
    root: Path
    content: Content
    password: str
    now: datetime
    outcome: Outcome
    library: DemoLibrary
    written: list[Page]
    check: bool
    tell: Callable[[str], None]

    def run(self) -> None:
        taxonomy = self.content.taxonomy
        records = self.records = Records(COLLECTION)
        home = site.ensure_home(
            title=taxonomy["home"]["title"], intro=taxonomy["home"].get("intro", "")
        )
        self.outcome.logins = people.ensure_people(taxonomy["users"], self.password)
        if not len(records):
            vocabularies.ensure(taxonomy)
        self.by = get_user_model().objects.get(username=ACTOR)
        self.vocabulary = Vocabulary.load()
        self.earlier = self.content.practice.get("versions") or []
        self.variants = self.content.practice.get("variants") or []
        self.pages: dict[str, Page] = {"": home}
        todo = {
            entry.ref: records.decide(entry.ref, entry.digest) for entry in self.content.entries
        }
        if any(one in (Decision.CREATE, Decision.UPDATE) for one in todo.values()):
            vocabularies.ensure(taxonomy)
            self.vocabulary = Vocabulary.load()
        self._place(todo, home)
        self._fill(todo)
        self._carry_out(todo)

    def _place(self, todo: Mapping[str, Decision], home: HomePage) -> None:
        """Every page at its address, artifacts as drafts."""
        for entry in self.content.entries:
            decision = todo[entry.ref]
            if decision is Decision.CREATE:
                with self._naming(entry):
                    self._create(entry)
            else:
                page = self.records.page(entry.ref)
                if page is not None:
                    self.pages[entry.address] = page

    def _create(self, entry: Entry) -> None:
        parent = self.pages.get(entry.parent)
        if parent is None:
            self.outcome.kept.append(entry.ref)
            return
        if entry.sort in holders.SORTS:
            page = holders.build(entry)
        else:
            page = PAGE_TYPES[entry.data["kind"]](slug=entry.slug)
            metadata.apply(page, _without_answer(entry.data), self.vocabulary)
        page = publishing.create(page=page, parent=parent, by=self.by)
        self.pages[entry.address] = page
        self.records.begin(entry.ref, page)

    def _fill(self, todo: Mapping[str, Decision]) -> None:
        self.library.pages = {address: page.pk for address, page in self.pages.items()}
        for entry in self.content.entries:
            decision = todo[entry.ref]
            if decision is Decision.NOTHING:
                self.outcome.unchanged += 1
            elif decision in (Decision.EDITED, Decision.DELETED):
                self.outcome.kept.append(entry.ref)
            elif entry.address in self.pages:
                with self._naming(entry):
                    self._write(entry)
                done = self.outcome.created if decision is Decision.CREATE else self.outcome.updated
                done.append(entry.ref)
                self.tell(entry.ref)

    def _carry_out(self, todo: Mapping[str, Decision]) -> None:
        """Teams, runs and decisions of what is new; what was here before has its own."""
        new = [one.address for one in self.content.entries if todo[one.ref] is Decision.CREATE]
        fresh = {self.pages[address].pk for address in new if address in self.pages}
        teams.ensure(self.content.practice, self.pages, fresh, self.now)
        practice.ensure(self.content.practice, self.pages, fresh, self.now)
        reviewing.ensure(self.content.practice, self.pages, fresh, self.now)
        measures.ensure(self.pages, fresh, self.now)
        voices.ensure(self.content.practice, self.pages, fresh, self.now)
        variants.settle()

    @contextmanager
    def _naming(self, entry: Entry) -> Iterator[None]:
        """Name the file in every refusal; a check goes on to the next file."""
        try:
            with _naming(entry):
                yield
        except ContentError as error:
            if not self.check:
                raise
            self.outcome.problems.append(error)

    def _write(self, entry: Entry) -> None:
        page = self.pages[entry.address].specific
        if isinstance(page, Artifact):
            metadata.apply(page, _without_answer(entry.data), self.vocabulary)
            set_references(page, entry.data, self.pages)
            rows = [r for r in self.earlier if r["artifact"] == entry.address]
            if page.version == UNPUBLISHED:
                history.publish_earlier(
                    page, entry.data, rows, self.library, by=self.by, now=self.now
                )
                derived = [r for r in self.variants if r["artifact"] == entry.address]
                self.written += variants.derive(page, derived, self.library, now=self.now)
                metadata.apply(page, _without_answer(entry.data), self.vocabulary)
            page.body = load_body(page, body_data(entry.data), self.library)
            published = publishing.publish(page=page, by=self.by)
            state.settle(published, entry.data, self.vocabulary, by=self.by, now=self.now)
        else:
            holders.write(page, entry, self.pages, by=self.by)
        self.written.append(page)
        self.records.finish(entry.ref, page, entry.digest)


@contextmanager
def _naming(entry: Entry) -> Iterator[None]:
    """Turn every refusal into one that names the file and the place."""
    place = entry.ref.partition("#")[2]
    try:
        yield
    except PortableError as error:
        message = str(error).removeprefix(f"{error.path}: ")
        raise ContentError(
            entry.file, ".".join(filter(None, (place, error.path))), message
        ) from error
    except MetadataError as error:
        raise ContentError(
            entry.file, ".".join(filter(None, (place, error.key))), str(error)
        ) from error
    except IncompleteArtifact as error:
        raise ContentError(entry.file, place or "body", f"still missing: {error}") from error
    except ContentError:
        raise
    except (KnowledgeError, ValueError) as error:
        raise ContentError(entry.file, place, str(error)) from error


def _without_answer(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "answer"}
