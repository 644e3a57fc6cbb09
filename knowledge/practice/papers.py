"""A filled document as a file. Rooms above offer formats by the hook ``paper_formats``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@dataclass(frozen=True, slots=True)
class Paper:
    """``markdown`` is our Markdown; ``facts`` are pairs of label and text for the cover."""

    title: str
    kind: str
    stem: str
    markdown: str
    facts: tuple[tuple[str, str], ...]
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """``make`` may raise a KnowledgeError, whose message is for the person."""

    extension: str
    label: str | Promise
    media_type: str
    make: Callable[[Paper], bytes]


def _as_text(paper: Paper) -> bytes:
    return f"{paper.markdown}\n".encode()


MARKDOWN = PaperFormat("md", _("Markdown"), "text/markdown; charset=utf-8", _as_text)


def formats() -> list[PaperFormat]:
    """Every format that this server can make, Markdown first."""
    return [MARKDOWN, *_offered()]


def _offered() -> Iterator[PaperFormat]:
    for hook in hooks.get_hooks("paper_formats"):
        yield from hook()


def format_of(extension: Any) -> PaperFormat | None:
    """The format with this extension, which may be anything that somebody sent."""
    return next((one for one in formats() if one.extension == extension), None)


def answer(paper: Paper, form: PaperFormat) -> HttpResponse:
    """The file as a download, kept by no cache: it holds what a person wrote."""
    response = HttpResponse(form.make(paper), content_type=form.media_type)
    name = f"{paper.stem}-{timezone.localdate(paper.made):%Y-%m-%d}.{form.extension}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
