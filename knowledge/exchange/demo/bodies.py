"""Bodies of demo artifacts, and what their references stand for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files import File
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.catalog.models import Artifact, ChecklistPage, RelatedArtifact, SopPage
from knowledge.exchange.documents.addresses import PAGE_SCHEME, Library
from knowledge.exchange.documents.metadata import MetadataError
from knowledge.exchange.imports.convert import portable_blocks


class DemoLibrary(Library):
    """Pages by address; images are taken from the media folder when the first page shows them.

    Use it around the transaction: files of images that were rolled back are removed.
    """

    def __init__(self, media: Path, *, check: bool) -> None:
        super().__init__()
        self._media, self._check = media, check
        self._made: dict[str, int] = {}
        self._files: list[Any] = []

    def __enter__(self) -> "DemoLibrary":
        return self

    def __exit__(self, kind: Any, *_rest: object) -> None:
        if kind is not None:
            for file in self._files:
                file.storage.delete(file.name)

    def image_id(self, name: str) -> int:
        if name not in self._made:
            path = self._media / name
            if path.parent != self._media or not path.is_file():
                raise LookupError(f"there is no image {name!r} under media")
            self._made[name] = self._image(path)
        return self._made[name]

    def _image(self, path: Path) -> int:
        model = get_image_model()
        title = path.stem.replace("-", " ").capitalize()
        if self._check:
            return model.objects.create(title=title, file=path.name, width=1, height=1).pk
        with path.open("rb") as opened:
            image = model(title=title, file=File(opened, name=path.name))
            image._set_file_hash()  # Wagtail's own way to find a double
            known = model.objects.filter(file_hash=image.file_hash).first()
            if known is None:
                image.save()
                self._files.append(image.file)
        return (known or image).pk


def body_data(data: Mapping[str, Any]) -> list[Any]:
    """The body of an artifact; the answer of a question is Markdown and becomes blocks."""
    if "answer" in data:
        return portable_blocks(str(data["answer"]))
    return data.get("body") or []


def set_references(page: Artifact, data: Mapping[str, Any], pages: Mapping[str, Page]) -> None:
    """Related artifacts, successor, and procedure and checklist of each other.

    Raises:
        MetadataError: a key names an address where no artifact is.
    """
    targets = dict.fromkeys(_artifact(pages, "related", one) for one in data.get("related") or [])
    page.related_links = [
        RelatedArtifact(sort_order=number, target_id=pk) for number, pk in enumerate(targets)
    ]
    successor = data.get("superseded_by")
    page.superseded_by_id = _artifact(pages, "superseded_by", successor) if successor else None
    if isinstance(page, SopPage):
        checklist = data.get("linked_checklist")
        if checklist:
            page.linked_checklist_id = _artifact(pages, "linked_checklist", checklist)
    if isinstance(page, ChecklistPage) and data.get("linked_sop"):
        procedure = _artifact(pages, "linked_sop", data["linked_sop"])
        # The procedure names its checklist; here it is only looked up.
        if not SopPage.objects.filter(pk=procedure).exists():
            raise MetadataError("linked_sop", f"{data['linked_sop']!r} is no procedure")


def _artifact(pages: Mapping[str, Page], key: str, address: str) -> int:
    page = pages.get(str(address).removeprefix(PAGE_SCHEME).strip("/"))
    if page is None:
        raise MetadataError(key, f"there is no artifact {address!r}")
    return page.pk
