"""A copy as the data that document.typ sets."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.exchange.downloads.copies import Copy
from knowledge.exchange.downloads.nodes import from_markdown
from knowledge.exchange.downloads.pdf.compile import to_pdf
from knowledge.exchange.downloads.pdf.fit import to_page

# A table of contents helps from this many headings on.
MIN_HEADINGS_FOR_CONTENTS = 3


def make(copy: Copy) -> bytes:
    """The PDF of a copy: cover, contents, text, tagged for readers that cannot see it."""
    return to_pdf(paper_of(copy), copy.pictures.values(), copy.published)


def paper_of(copy: Copy) -> dict[str, Any]:
    page = copy.page
    body = to_page(from_markdown(copy.body, copy.pictures))
    language, _sep, region = (get_language() or "en-gb").partition("-")
    headings = sum(node["t"] == "h" for node in body)
    return {
        "title": page.title,
        "kind": page.kind_label,
        "bottom_line": page.bottom_line,
        "authors": [page.owned_by] if page.owned_by else [],
        "keywords": copy.tags,
        "lang": language,
        "region": region.upper() or "GB",
        "version": _("Version %s") % page.version,
        "footer": page.licence,
        "contents": headings >= MIN_HEADINGS_FOR_CONTENTS,
        "words": {"contents": _("Contents"), "page": _("Page"), "of": _("of")},
        "facts": [_fact(fact) for fact in copy.facts],
        "body": body,
    }


def _fact(fact: Any) -> dict[str, str]:
    shown = {"label": fact.label, "value": fact.value}
    return {**shown, "url": fact.url} if fact.url else shown
