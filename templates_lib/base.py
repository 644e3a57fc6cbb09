"""What all blocks of the library share.

Each block has three forms: the page (its template), Markdown (``as_markdown``, for downloads)
and plain text (``as_text``, for search). One that is work has a fourth: steps (``as_steps``, for runs). A block that fills a part of an artifact has a heading,
from which the table of contents is made.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText, expand_db_html, get_text_for_indexing

from templates_lib.markdown import write
from templates_lib.markdown.render import sanitise
from templates_lib.runnable import RunnableStep

PROSE_FEATURES = ["bold", "italic", "code", "link", "document-link", "ol", "ul"]
_JOINING_TAG = re.compile(r"<(?:ul|ol|li|br)\b")


class Prose(RichText):
    """Rich text that is cleaned when shown: the editor is not the only way into the database."""

    def __html__(self) -> str:
        return sanitise(expand_db_html(self.source))


class ProseBlock(blocks.RichTextBlock):
    """Running text of an artifact: no headings and no images, which are blocks of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", PROSE_FEATURES)
        super().__init__(*args, **kwargs)

    def to_python(self, value: str | None) -> Prose:
        return Prose(value)

    def normalize(self, value: RichText | str | None) -> Prose:
        return value if isinstance(value, Prose) else Prose(super().normalize(value).source)

    def value_from_form(self, value: str) -> Prose:
        return Prose(value)

    def get_searchable_content(self, value: RichText) -> list[str]:
        # Wagtail joins the last word before a deeper list to the first word in it.
        spaced = _JOINING_TAG.sub(r" \g<0>", value.source)
        return [" ".join(get_text_for_indexing(spaced).split())] if self.search_index else []

    def as_markdown(self, value: RichText) -> str:
        return prose(value)

    def as_text(self, value: RichText) -> str:
        return "\n".join(words_of(self, value))

    class Meta:
        icon = "pilcrow"


def validate_web_address(address: str) -> None:
    """Refuse what is not a page of the web."""
    if not is_web_address(address):
        raise ValidationError(
            _("Enter an address that starts with http:// or https://."), code="not_web"
        )


def is_web_address(address: str | None) -> bool:
    """Whether a link may lead there; asked again when shown, as stored data may be old."""
    return (address or "").lower().startswith(("http://", "https://"))


class WebAddressBlock(blocks.URLBlock):
    """An address of the web; Wagtail's own block would also take ftp."""

    def __init__(self, *args: Any, validators: Iterable = (), **kwargs: Any) -> None:
        super().__init__(*args, validators=[*validators, validate_web_address], **kwargs)


def prose(value: RichText | None) -> str:
    """A rich text value as Markdown, its links as the current render context has them."""
    return write.from_html(sanitise(expand_db_html(value.source))) if value else ""


def words_of(block: blocks.Block, value: Any) -> Iterator[str]:
    """The words of a value, one piece after the other.

    Wagtail's own ``get_searchable_content`` gives the word "None" for a field that has no value.
    """
    if value is None or value == "":
        return
    if isinstance(block, TypedTableBlock):
        yield from _words_of_table(value)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from words_of(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for entry in value:
            yield from words_of(block.child_block, entry)
    else:
        yield from (str(piece) for piece in block.get_searchable_content(value) if piece)


def _words_of_table(table: Any) -> Iterator[str]:
    yield from (
        str(piece) for piece in (table.caption, *(c["heading"] for c in table.columns)) if piece
    )
    for row in table.row_data:
        for column, cell in zip(table.columns, row["values"], strict=False):
            if isinstance(column["block"], blocks.DecimalBlock):
                yield from [str(cell)] if cell is not None else []
            else:
                yield from words_of(column["block"], cell)


class PartBlock(blocks.StructBlock):
    """A typed part of an artifact.

    ``Meta.heading`` is the heading that stands over the part; a child named ``title`` replaces it
    when filled. None: the part has no heading and no entry in the table of contents.
    Subclasses write ``markdown_body``; the heading is put above it here.
    """

    class Meta:
        heading = None

    def heading_for(self, value: Any) -> str:
        """The heading of this part in the artifact; empty when it has none."""
        return str(value.get("title") or self.meta.heading or "") if self.meta.heading else ""

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["heading"] = self.heading_for(value)
        return context

    def markdown_body(self, value: Any) -> str:
        """The part as Markdown, without its heading; inner headings start at level 3."""
        raise NotImplementedError(f"{type(self).__name__} lacks its Markdown form.")

    def as_markdown(self, value: Any) -> str:
        title = self.heading_for(value)
        return write.join(write.heading(title) if title else "", self.markdown_body(value))

    def as_steps(self, value: Any) -> list[RunnableStep]:
        """What a person does of it in a run, in order; nothing unless the part is work."""
        return []

    def as_text(self, value: Any) -> str:
        """All words of the part, one piece a line, for search; never a title of another page."""
        heading = self.heading_for(value)
        given = "" if value.get("title") == heading else heading
        return "\n".join([given, *words_of(self, value)]).strip()


class NarrativeBlock(PartBlock):
    """A part that is prose under a fixed heading: purpose, context, decision and so on."""

    body = ProseBlock(label=_("Text"))

    class Meta:
        icon = "pilcrow"
        template = "prose/narrative.html"

    def markdown_body(self, value: Any) -> str:
        return prose(value.get("body"))
