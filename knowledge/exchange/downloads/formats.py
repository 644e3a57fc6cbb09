"""The file formats on offer."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.exchange.downloads.availability import has_typst, pandoc_path


@dataclass(frozen=True, slots=True)
class Format:
    """``extension`` is the last part of the address; ``purpose`` says what one takes it for."""

    extension: str
    label: str | Promise
    purpose: str | Promise
    media_type: str

    @property
    def is_available(self) -> bool:
        """Whether this machine has what the format needs."""
        if self.extension == "pdf":
            return has_typst()
        if self.extension == "docx":
            return bool(pandoc_path())
        return True


PDF = Format("pdf", _("PDF"), _("to print or hand over"), "application/pdf")
DOCX = Format(
    "docx",
    _("Word"),
    _("to edit in an office program"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
MARKDOWN = Format(
    "md", _("Markdown"), _("plain text with metadata"), "text/markdown; charset=utf-8"
)
JSON = Format("json", _("JSON"), _("for programs, complete"), "application/json")

FORMATS = (PDF, DOCX, MARKDOWN, JSON)
BY_EXTENSION = {one.extension: one for one in FORMATS}
