"""Pictures of a folder as images of the portal: looked at by content, each taken once.

Drawings (SVG) can hold scripts: the portal gets a PNG of them.
"""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import filetype
from django.core.files import File
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from knowledge.exchange.imports.files import SourceFile
from knowledge.exchange.imports.svg.draw import NoDrawing, to_png
from knowledge.exchange.imports.texts import words_of

MEDIA_TYPES = frozenset(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"])
MAX_PIXELS = 50_000_000
# A picture as small as this is a spacer or a counter.
MIN_PIXELS = 4


class ImageRefused(ValueError):
    """The file is not taken; the message says why."""


def check(path: Path) -> None:
    """
    Raises:
        ImageRefused: what is in the file is no picture that the portal takes.
    """
    kind = filetype.guess(path)
    if kind is None or kind.mime not in MEDIA_TYPES:
        found = f"it holds {kind.mime}" if kind else "its content is unknown"
        raise ImageRefused(f"it is no picture that is taken here: {found}")
    try:
        with PillowImage.open(path) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise ImageRefused(f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
            if width * height < MIN_PIXELS:
                raise ImageRefused("it has no size")
            picture.verify()
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        if isinstance(error, ImageRefused):
            raise
        raise ImageRefused("it is damaged") from error


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha1").hexdigest()


class ImageShelf:
    """Images by the ref of their file. ``refused`` tells why one was not taken."""

    def __init__(self, files: Mapping[str, SourceFile], *, by: Any, is_dry_run: bool) -> None:
        self._files = files
        self._by = by
        self._is_dry_run = is_dry_run
        self._ids: dict[str, int] = {}
        self._checked: dict[str, str] = {}
        self._drawn = tempfile.TemporaryDirectory(prefix="drawings-")
        self._paths: dict[str, Path] = {}
        self.refused: dict[str, str] = {}

    @property
    def shown(self) -> set[str]:
        """Refs of images that a page shows."""
        return set(self._checked)

    def fingerprint(self, ref: str) -> str:
        """Empty when the image is not taken; changes with its content."""
        if ref in self.refused or ref not in self._files:
            return ""
        if ref not in self._checked:
            try:
                path = self._path(ref)
                check(path)
            except ImageRefused as error:
                self.refused[ref] = str(error)
                return ""
            self._checked[ref] = digest(path)
        return self._checked[ref]

    def _path(self, ref: str) -> Path:
        """The file to take; of a drawing its picture."""
        source = self._files[ref].path
        if source.suffix.lower() != ".svg":
            return source
        if ref not in self._paths:
            folder = Path(self._drawn.name) / str(len(self._paths))
            folder.mkdir()
            target = folder / f"{source.stem}.png"
            try:
                to_png(source, target)
            except NoDrawing as error:
                raise ImageRefused("it cannot be drawn; save it as PNG") from error
            self._paths[ref] = target
        return self._paths[ref]

    def id_of(self, ref: str) -> int:
        """The id of the image, made when the portal has none with this content.

        Raises:
            LookupError: it was refused, or the person may not add images.
        """
        mark = self.fingerprint(ref)
        if not mark:
            raise LookupError(f"there is no image {ref!r}")
        if ref not in self._ids:
            self._ids[ref] = self._make(ref, mark)
        return self._ids[ref]

    def _make(self, ref: str, mark: str) -> int:
        model = get_image_model()
        known = model.objects.filter(file_hash=mark).values_list("pk", flat=True).first()
        if known is not None or self._is_dry_run:
            return known or 0
        policy = policy_registry.get_by_type(model)
        if not policy.user_has_permission(self._by, "add"):
            raise LookupError(f"you may not add the image {ref!r}")
        path = self._path(ref)
        with path.open("rb") as opened:
            image = model(
                title=words_of(path.stem)[:255],
                file=File(opened, name=path.name),
                uploaded_by_user=self._by,
                file_hash=mark,
            )
            image.file_size = path.stat().st_size
            image.save()
        return image.pk
