"""Files that editors upload are looked at, not only at their names.

Used by settings: WAGTAILIMAGES_IMAGE_FORM_BASE and WAGTAILDOCS_DOCUMENT_FORM_BASE.
"""

import zipfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

LOOKED_AT_BYTES = 64 * 1024
# A file whose name says that it is one of these is a ZIP that holds this part.
PARTS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
    ".odt": "content.xml",
    ".zip": "",
}
BEGINNINGS = {
    ".png": b"\x89PNG\r\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".webp": b"RIFF",
}


class WholeImageField(WagtailImageField):
    """Wagtail's field fails on a picture whose upload or download was cut off."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except OSError:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from None


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = self.fields.get("file")
        if plain is not None:
            self.fields["file"] = WholeImageField(
                label=plain.label, required=plain.required, widget=plain.widget
            )


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and not is_what_its_name_says(file.name or "", file):
            suffix = Path(file.name or "").suffix.removeprefix(".").upper()
            message = _("The content of this file is not that of a %(kind)s file.")
            raise ValidationError(message % {"kind": suffix}, code="wrong_content")
        return file


def is_what_its_name_says(name: str, content: Any) -> bool:
    """Whether the content fits the suffix; the place in the file is left at its beginning."""
    suffix = Path(name).suffix.lower()
    content.seek(0)
    try:
        if suffix in PARTS:
            return _holds(content, PARTS[suffix])
        beginning = content.read(LOOKED_AT_BYTES)
        if suffix in BEGINNINGS:
            return bool(beginning.startswith(BEGINNINGS[suffix]))
        return b"%PDF-" in beginning[:1024] if suffix == ".pdf" else b"\0" not in beginning
    finally:
        content.seek(0)


def _holds(content: Any, part: str) -> bool:
    try:
        with zipfile.ZipFile(content) as archive:
            return not part or part in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
