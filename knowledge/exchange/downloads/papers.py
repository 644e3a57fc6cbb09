"""Documents that people filled, as PDF and Word: the same paper as for artifacts, another cover."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.exchange.downloads.docx import ast
from knowledge.exchange.downloads.docx.convert import to_docx
from knowledge.exchange.downloads.formats import DOCX, PDF
from knowledge.exchange.downloads.nodes import from_markdown
from knowledge.exchange.downloads.pdf.compile import to_pdf
from knowledge.exchange.downloads.pdf.fit import to_page
from knowledge.practice.papers import Paper, PaperFormat


def formats() -> Iterator[PaperFormat]:
    """Those that this machine can make."""
    for form, make in ((DOCX, _docx), (PDF, _pdf)):
        if form.is_available:
            yield PaperFormat(form.extension, form.label, form.media_type, make)


def _docx(paper: Paper) -> bytes:
    meta = {
        "title": paper.title,
        "subtitle": paper.kind,
        "author": paper.author,
        "lang": get_language() or "en-gb",
    }
    cover = [ast.facts([(label, ast.text(value)) for label, value in paper.facts])]
    return to_docx(ast.document(meta, cover, from_markdown(paper.markdown), {}), paper.made)


def _pdf(paper: Paper) -> bytes:
    language, _sep, region = (get_language() or "en-gb").partition("-")
    data = {
        "title": paper.title,
        "kind": paper.kind,
        "bottom_line": "",
        "authors": [paper.author] if paper.author else [],
        "keywords": [],
        "lang": language,
        "region": region.upper() or "GB",
        "version": "",
        "footer": "",
        "contents": False,
        "words": {"contents": _("Contents"), "page": _("Page"), "of": _("of")},
        "facts": [{"label": label, "value": value} for label, value in paper.facts],
        "body": to_page(from_markdown(paper.markdown)),
    }
    return to_pdf(data, [], paper.made)
