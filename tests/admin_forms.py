"""What a browser posts from the edit form of a guide: the body is drawn by script, so it is built."""

from typing import Any

from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)


def guide_form(**changes: Any) -> dict[str, Any]:
    """A complete guide; ``body`` may be given as a list of (block, value) with HTML values."""
    body = changes.pop("body", [("overview", "<p>An overview.</p>"), ("paragraph", "<p>Text.</p>")])
    data = {
        "title": "A guide",
        "slug": "a-guide",
        "bottom_line": "What it gives, in one sentence.",
        "body": streamfield([(name, _value(name, html)) for name, html in body]),
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
        "change_note": "",
        "owner_user": "",
        "owner_group": "",
        "review_interval_days": "180",
        "licence": "CC BY 4.0",
        "tags": "",
        "superseded_by": "",
        "go_live_at": "",
        "expire_at": "",
        "seo_title": "",
        "search_description": "",
    }
    return nested_form_data(data | changes)


def _value(name: str, html: str) -> Any:
    # A part keeps its text in a field, a paragraph is the text.
    return rich_text(html) if name == "paragraph" else {"body": rich_text(html)}
