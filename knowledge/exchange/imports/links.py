"""Answers a converter for one file: pages by where they came to stand, pictures by their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from knowledge.exchange.documents.addresses import PAGE_SCHEME
from knowledge.exchange.imports import anchors
from knowledge.exchange.imports.addresses import Resolver
from knowledge.exchange.imports.convert.links import Link
from knowledge.exchange.imports.images import ImageShelf
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note


@dataclass(frozen=True, slots=True)
class Target:
    """A page made from a file or a folder: its address without slashes at the ends, its anchors."""

    address: str
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FileLinks:
    """A ``LinkSource`` for the file ``ref``. ``target`` gives the page for a file or folder ref."""

    ref: str
    resolver: Resolver
    target: Callable[[str], Target | None]
    shelf: ImageShelf
    notes: list[Note] = field(default_factory=list)

    def link(self, address: str) -> Link:
        found = self.resolver.resolve(address, self.ref)
        if found.host:
            return Link(found.host, found.host)
        ref = self.ref if found.is_here else found.ref
        target = self.target(ref) if ref else None
        if target is None:
            why = "whose file is not imported" if ref else "that leads nowhere"
            self._note(DROPPED, f"link {why}: {address[:200]}")
            return Link()
        return self._to(target, found.fragment, found.is_here, address)

    def _to(self, target: Target, fragment: str, is_here: bool, address: str) -> Link:
        anchor = anchors.find(dict(target.anchors), fragment) if fragment else ""
        if anchor is None:
            self._note(DROPPED, f"place on a page that has no such heading: {address[:200]}")
            if is_here:
                return Link()
        if is_here and not anchor:
            # The top of this page: nothing to go to.
            return Link()
        self._note(
            MAPPED, "link to another file as a page link" if not is_here else "link to a heading"
        )
        ending = f"#{quote(anchor)}" if anchor else ""
        if is_here:
            return Link(ending, ending)
        return Link(f"{PAGE_SCHEME}{target.address}{ending}", f"/{target.address}/{ending}")

    def image(self, address: str) -> str:
        found = self.resolver.resolve(address, self.ref)
        if not found.ref or found.host:
            if not found.host:
                self._note(DROPPED, f"picture that is not there: {address[:200]}")
            return ""
        if self.shelf.fingerprint(found.ref):
            return found.ref
        reason = self.shelf.refused.get(found.ref, "it is not taken")
        self._note(DROPPED, f"picture {found.ref}: {reason}")
        return ""

    def _note(self, sort: str, what: str) -> None:
        self.notes.append(Note(sort, what))
