"""Wagtail's editor of texts, safe among threads. Not in widgets.py: it needs the models to be loaded."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler


class RichTextArea(DraftailRichTextArea):
    """The threads of a process share the widgets of all blocks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.converter = _Converter(self.features)


class _Converter(ContentstateConverter):
    """Wagtail's reads with one parser that keeps in itself what it has read so far.

    Two forms opened at once broke each other, or held each other's text.
    """

    def from_database_format(self, html: str) -> str:
        parser = HtmlToContentStateHandler(self.features)
        parser.feed(html)
        parser.close()
        return str(parser.contentstate.as_json(indent=4, separators=(",", ": ")))
