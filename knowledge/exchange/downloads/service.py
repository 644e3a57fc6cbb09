"""Hands out the file of an artifact: from disk when it was made before, else made now.

Two steps, so that the second request costs no more than a file: the cache knows which file answers
(page, revision, format, access, freshness), and the file is named by what it was made from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.services import freshness
from knowledge.exchange.downloads import copies, json_file, markdown_file, store
from knowledge.exchange.downloads.availability import engine_version
from knowledge.exchange.downloads.copies import Copy
from knowledge.exchange.downloads.formats import DOCX, JSON, PDF, Format
from knowledge.exchange.downloads.pictures import Picture
from knowledge.exchange.errors import FormatUnavailable

KEEP_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file. ``digest`` is its identity: the same digest, the same bytes."""

    path: Path
    name: str
    digest: str
    size: int
    media_type: str
    modified: datetime


def make(page: Artifact, form: Format, access: Access) -> Download:
    """The file of the live artifact. The caller has checked that the person may see the page.

    Raises:
        FormatUnavailable: this machine lacks what the format needs.
        DownloadFailed: the file could not be made.
    """
    if not form.is_available:
        raise FormatUnavailable(
            _("The format %(label)s is not available on this server.") % {"label": form.label}
        )
    key = _key(page, form, access)
    known = cache.get(key) if key else None
    if known is not None:
        path = store.path_of(page.pk, known["digest"], form.extension)
        if path.is_file():
            return Download(path=path, media_type=form.media_type, **known)
    return _make(page, form, access, key)


def _make(page: Artifact, form: Format, access: Access, key: str) -> Download:
    copy = copies.of(page, access, None if form in (PDF, DOCX) else _absolute)
    digest, content = _identified(copy, form, access)
    path = store.path_of(page.pk, digest, form.extension)
    if not path.is_file():
        store.put(path, content if content is not None else _made(copy, form))
    known: dict[str, Any] = {
        "name": f"{copy.stem}.{form.extension}",
        "digest": digest,
        "size": path.stat().st_size,
        "modified": copy.published,
    }
    if key:
        cache.set(key, known, KEEP_SECONDS)
    return Download(path=path, media_type=form.media_type, **known)


def _identified(copy: Copy, form: Format, access: Access) -> tuple[str, bytes | None]:
    """What the file is made from, as a digest; text formats are so cheap that they are made."""
    if form in (PDF, DOCX):
        return copy.digest(form.extension, engine_version(form.extension), copy.published), None
    content = json_file.write_file(copy, access) if form is JSON else markdown_file.write_file(copy)
    return store.digest(content), content


def _made(copy: Copy, form: Format) -> bytes:
    if form is PDF:
        from knowledge.exchange.downloads.pdf import paper
    else:
        from knowledge.exchange.downloads.docx import paper  # type: ignore[no-redef]
    return paper.make(copy)


def _absolute(picture: Picture) -> str:
    return settings.PORTAL_BASE_URL + picture.url


def _key(page: Artifact, form: Format, access: Access) -> str:
    stamp = freshness.current()
    if not stamp:
        return ""
    revision = page.live_revision_id or page.latest_revision_id
    # The state changes with the day alone, which no stamp tells.
    parts = (page.pk, revision, page.trust, form.extension, access.key, stamp, get_language())
    return "download:" + ":".join(map(str, parts))


def known_sizes(page: Artifact, forms: Iterable[Format], access: Access) -> dict[str, int]:
    """Sizes in bytes of the files that are ready, by extension; one look at the cache."""
    keys = {_key(page, form, access): form.extension for form in forms}
    keys.pop("", None)
    return {keys[key]: known["size"] for key, known in cache.get_many(keys).items()}
