"""Images of an artifact in a size and format that every file format takes."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

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
    content: bytes


def referenced_images(stream: StreamValue) -> set[int]:
    """Ids of the images that a body shows."""
    found = stream.stream_block.extract_references(stream)
    return {int(ref[1]) for ref in found if issubclass(ref[0], get_image_model())}


def pictures_of(ids: Iterable[int]) -> dict[int, Picture]:
    """Those of the images that can be read; a lost file is left out. One query, then files."""
    images = get_image_model().objects.filter(pk__in=set(ids))
    found = {}
    for image in images:
        picture = _read(image)
        if picture is not None:
            found[image.pk] = picture
    return found


def _read(image: AbstractImage) -> Picture | None:
    photo = image.file.name.lower().endswith((".jpg", ".jpeg"))
    try:
        rendition = image.get_rendition(_SPEC_JPEG if photo else _SPEC_PNG)
        with rendition.file.open("rb") as file:
            content = file.read()
    except (SourceImageIOError, OSError):
        logger.warning("download.picture_lost image=%s", image.pk)
        return None
    suffix = "jpg" if photo else "png"
    return Picture(
        id=image.pk,
        name=f"{slugify(image.title)[:60] or 'image'}-{image.pk}.{suffix}",
        media_type="image/jpeg" if photo else "image/png",
        width=rendition.width,
        height=rendition.height,
        content=content,
    )
