"""Images of an artifact in a size and format that every file format takes."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.blocks.stream_block import StreamValue
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)

# Enough for a printed page of A4 at 200 dots an inch.
_SPEC_JPEG = "max-1400x1800|format-jpeg|jpegquality-82"
_SPEC_PNG = "max-1400x1800|format-png"


@dataclass(frozen=True, slots=True)
class Picture:
    """One image file. ``name`` is safe in a file system and the same for the same image."""

    id: int
    name: str
    media_type: str
    width: int
    height: int
    url: str
    fingerprint: str
    file: Any

    def read(self) -> bytes:
        with self.file.open("rb") as opened:
            return opened.read()


def referenced_images(stream: StreamValue) -> set[int]:
    """Ids of the images that a body shows."""
    found = stream.stream_block.extract_references(stream)
    return {int(ref[1]) for ref in found if issubclass(ref[0], get_image_model())}


def pictures_of(ids: Iterable[int]) -> dict[int, Picture]:
    """Those of the images that can be read; a lost file is left out, its description stays.

    Two queries, and two more for an image that was never asked for in this size.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    images = get_image_model().objects.filter(pk__in=wanted)
    found = {}
    for image in images.prefetch_renditions(_SPEC_JPEG, _SPEC_PNG):
        picture = _picture(image)
        if picture is not None:
            found[image.pk] = picture
    return found


def _picture(image: AbstractImage) -> Picture | None:
    photo = image.file.name.lower().endswith((".jpg", ".jpeg"))
    try:
        rendition = image.get_rendition(_SPEC_JPEG if photo else _SPEC_PNG)
        if not rendition.file.storage.exists(rendition.file.name):
            raise FileNotFoundError
    except (SourceImageIOError, OSError):
        logger.warning("download.picture_lost image=%s", image.pk)
        return None
    return Picture(
        id=image.pk,
        name=f"{slugify(image.title)[:60] or 'image'}-{image.pk}.{'jpg' if photo else 'png'}",
        media_type="image/jpeg" if photo else "image/png",
        width=rendition.width,
        height=rendition.height,
        url=rendition.url,
        fingerprint=image.file_hash or str(image.pk),
        file=rendition.file,
    )
