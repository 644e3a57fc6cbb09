"""A copy as a Word document."""

from django.utils.translation import get_language

from knowledge.exchange.downloads.copies import Copy, Fact
from knowledge.exchange.downloads.docx import ast
from knowledge.exchange.downloads.docx.convert import to_docx
from knowledge.exchange.downloads.nodes import from_markdown


def make(copy: Copy) -> bytes:
    """The DOCX of a copy: title, bottom line, facts, text; images inside."""
    page = copy.page
    meta = {
        "title": page.title,
        "subtitle": page.kind_label,
        "author": page.owned_by,
        "subject": page.bottom_line,
        "lang": get_language() or "en-gb",
    }
    cover = [
        ast.styled("Bottom Line", ast.text(page.bottom_line)),
        ast.facts([(fact.label, _value(fact)) for fact in copy.facts]),
    ]
    body = from_markdown(copy.body, copy.pictures)
    pictures = {picture.name: picture for picture in copy.pictures.values()}
    return to_docx(ast.document(meta, cover, body, pictures), copy.published)


def _value(fact: Fact) -> ast.Ast:
    return ast.link(fact.url, fact.value) if fact.url else ast.text(fact.value)
