"""A section as a ZIP: each artifact as Markdown, images, an index, working relative links.

It is written while it is sent, one artifact at a time, so that a large section needs neither
memory nor patience; a finished one is kept and sent from disk. Limits hold: what goes beyond them
is left out and named in the manifest.
"""

import io
import json
import os
import posixpath
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact, FaqPage
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.body import render_context
from knowledge.catalog.selectors.categories import STEP_CHARS, site_path
from knowledge.catalog.services import freshness
from knowledge.exchange.downloads import copies, markdown_file, store
from knowledge.exchange.downloads.pictures import pictures_of, referenced_images
from templates_lib.markdown import write

MEDIA_TYPE = "application/zip"
MAX_ARTIFACTS = 1000
MAX_BYTES = 200 << 20
BATCH = 50
INDEX, MANIFEST, IMAGES = "index.md", "manifest.json", "images"
# ZIP knows no time zone; one moment for all entries makes equal content equal bytes.
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    page: Page
    access: Access
    name: str
    digest: str
    modified: datetime
    path: Path


def of(page: Page, access: Access) -> Bundle:
    """What identifies the ZIP of a section for these rights; nothing is made yet."""
    stamp = freshness.current()
    stem = f"{page.slug}-{_modified(page, access):%Y-%m-%d}"
    asked = f"{page.pk}:{access.key}:{stamp}:{get_language()}:{settings.PORTAL_BASE_URL}"
    # Without a stamp nothing tells whether a kept file still holds: it is never found again.
    identity = asked if stamp else f"{asked}:{timezone.now().isoformat()}"
    digest = store.digest(identity.encode())
    return Bundle(
        page=page,
        access=access,
        name=f"{stem}.zip",
        digest=digest,
        modified=_modified(page, access),
        path=store.path_of(page.pk, digest, "zip"),
    )


def answer(bundle: Bundle) -> HttpResponseBase:
    """The response with the file: from disk, or made while it is sent."""
    if bundle.path.is_file():
        return FileResponse(
            bundle.path.open("rb"),
            as_attachment=True,
            filename=bundle.name,
            content_type=MEDIA_TYPE,
        )
    response = StreamingHttpResponse(stream(bundle), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{bundle.name}"'
    return response


def stream(bundle: Bundle) -> Iterator[bytes]:
    """The bytes of the ZIP, kept on disk once the last one is out."""
    bundle.path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=bundle.path.parent, prefix=".new-")
    kept = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in _Writer(bundle.page, bundle.access).chunks():
                file.write(chunk)
                yield chunk
        kept.replace(bundle.path)
        store.prune(bundle.path.parent)
    finally:
        kept.unlink(missing_ok=True)


def _modified(page: Page, access: Access) -> datetime:
    newest = (
        visible(Artifact.objects.descendant_of(page), access)
        .order_by("-last_published_at")
        .values_list("last_published_at", flat=True)
        .first()
    )
    return newest or page.last_published_at or timezone.now()


class _Pipe(io.RawIOBase):
    """Takes what zipfile writes; zipfile sees that it cannot seek and adds sizes behind the data."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


@dataclass
class _Writer:
    section: Page
    access: Access
    _files: dict[int, str] = field(default_factory=dict)
    _images: set[str] = field(default_factory=set)
    _entries: list[dict[str, Any]] = field(default_factory=list)
    _left_out: list[dict[str, str]] = field(default_factory=list)
    _bytes: int = 0

    def chunks(self) -> Iterator[bytes]:
        pipe = _Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:
            folders = self._folders()
            ids = self._place(folders)
            for start in range(0, len(ids), BATCH):
                batch = Artifact.objects.filter(pk__in=ids[start : start + BATCH])
                for page in sorted(batch.specific(), key=lambda one: one.path):
                    self._add_artifact(target, page)
                    yield pipe.take()
            self._add(target, INDEX, self._index(folders).encode())
            self._add(target, MANIFEST, self._manifest())
        yield pipe.take()

    def _folders(self) -> dict[str, tuple[str, str]]:
        """Folder and title by tree path, for the section itself and the sections below it."""
        pages = visible(self.section.get_descendants(inclusive=True), self.access)
        holders = pages.exclude(pk__in=Artifact.objects.values("pk")).order_by("path")
        folders: dict[str, tuple[str, str]] = {}
        for path, slug, title in holders.values_list("path", "slug", "title"):
            parent = folders.get(path[:-STEP_CHARS])
            folder = "" if path == self.section.path else f"{parent[0] if parent else ''}{slug}/"
            folders[path] = (folder, title)
        return folders

    def _place(self, folders: dict[str, tuple[str, str]]) -> list[int]:
        """Give every artifact its file name; ids in the order of the tree."""
        rows = list(
            visible(Artifact.objects.descendant_of(self.section), self.access)
            .order_by("path")
            .values_list("pk", "path", "slug", "title")
        )
        for pk, path, slug, title in rows:
            folder = folders.get(path[:-STEP_CHARS])
            if folder is None:
                continue
            if len(self._files) == MAX_ARTIFACTS:
                self._left_out.append({"title": title, "reason": _("too many artifacts")})
                continue
            name = f"{slug}-page.md" if f"{slug}.md" == INDEX else f"{slug}.md"
            self._files[pk] = folder[0] + name
        return list(self._files)

    def _add_artifact(self, target: zipfile.ZipFile, page: Artifact) -> None:
        name = self._files[page.pk]
        here = posixpath.dirname(name)
        pictures = pictures_of(referenced_images(page.body))
        context = render_context(page.body, self.access, base_url=settings.PORTAL_BASE_URL)
        context = replace(
            context,
            pages={
                pk: replace(found, url=posixpath.relpath(self._files[pk], here or "."))
                if pk in self._files
                else found
                for pk, found in context.pages.items()
            },
            images={
                pk: posixpath.relpath(f"{IMAGES}/{one.name}", here or ".")
                for pk, one in pictures.items()
            },
            documents=copies.documents_of(page),
        )
        for picture in pictures.values():
            self._add_image(target, f"{IMAGES}/{picture.name}", picture.read(), page.title)
        copy = copies.Copy(page, copies.markdown_of(page, context), {}, context)
        self._add(target, name, markdown_file.write_file(copy))
        self._entries.append(
            {
                "file": name,
                "title": page.title,
                "kind": page.kind,
                "version": page.version,
                "bottom_line": page.bottom_line,
                "address": copy.address,
                "path": page.path,
            }
        )

    def _add_image(self, target: zipfile.ZipFile, name: str, data: bytes, shown_in: str) -> None:
        if name in self._images:
            return
        if self._bytes + len(data) > MAX_BYTES:
            reason = _("the file would be too big; shown in %s") % shown_in
            self._left_out.append({"title": name, "reason": reason})
            return
        self._images.add(name)
        self._add(target, name, data, compress=False)

    def _add(
        self, target: zipfile.ZipFile, name: str, data: bytes, *, compress: bool = True
    ) -> None:
        entry = zipfile.ZipInfo(name, date_time=ENTRY_DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        target.writestr(entry, data)
        self._bytes += len(data)

    def _index(self, folders: dict[str, tuple[str, str]]) -> str:
        """All artifacts under the headings of their sections."""
        parts = [write.heading(self.section.title, 1), getattr(self.section.specific, "intro", "")]
        by_folder: dict[str, list[str]] = {}
        for entry in self._entries:
            line = (
                f"{write.link(entry['title'], entry['file'])}: {write.escape(entry['bottom_line'])}"
            )
            by_folder.setdefault(entry["path"][:-STEP_CHARS], []).append(line)
        for path, (_folder, title) in folders.items():
            if path in by_folder:
                is_section_itself = path == self.section.path
                heading = "" if is_section_itself else write.heading(title, 2)
                parts += [heading, write.bullets(by_folder[path])]
        if self._left_out:
            parts.append(write.heading(_("Left out"), 2))
            parts.append(
                write.bullets(
                    write.escape(f"{one['title']}: {one['reason']}") for one in self._left_out
                )
            )
        return write.join(*parts) + "\n"

    def _manifest(self) -> bytes:
        data = {
            "format": "playbook-portal/bundle",
            "format_version": 1,
            "title": self.section.title,
            "address": settings.PORTAL_BASE_URL + site_path(self.section.url_path),
            "is_faq": isinstance(self.section, FaqPage),
            "artifacts": [
                {key: value for key, value in entry.items() if key != "path"}
                for entry in self._entries
            ],
            "images": sorted(self._images),
            "left_out": self._left_out,
        }
        return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
