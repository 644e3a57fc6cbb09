"""Block values as plain data that a person can edit, and back.

In the portable form prose is Markdown, a page is an address such as ``operations/incident-sop``,
an image or document a file name, a table a list of rows, a stream a list of one-key mappings.
What each reference stands for is the caller's knowledge: it passes a ``Resolver``.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PortableError(ValueError):
    """The data do not fit the blocks; ``path`` names the place, such as ``body.3.steps.0``."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class Names(Protocol):
    """Turns ids into references; None for what is not to be named."""

    def page_address(self, page_id: int) -> str | None: ...
    def image_name(self, image_id: int) -> str | None: ...
    def document_name(self, document_id: int) -> str | None: ...
    def prose_markdown(self, html: str) -> str: ...


class Resolver(Names, Protocol):
    """Also the way back. Each may raise LookupError for an unknown reference."""

    def page_id(self, address: str) -> int: ...
    def image_id(self, name: str) -> int: ...
    def document_id(self, name: str) -> int: ...
    def prose_html(self, markdown: str) -> str: ...


def load(block: blocks.Block, data: Any, resolver: Resolver, path: str = "body") -> Any:
    """Portable data as the raw (JSON) value of ``block``.

    Raises:
        PortableError: an unknown field or block name, a wrong shape, or an unknown reference.
    """
    try:
        return _load(block, data, resolver, path)
    except LookupError as error:
        raise PortableError(path, str(error.args[0] if error.args else error)) from error


def _load(block: blocks.Block, data: Any, resolver: Resolver, path: str) -> Any:
    if isinstance(block, blocks.StreamBlock):
        return [
            _load_stream_child(block, one, resolver, f"{path}.{n}") for n, one in _rows(data, path)
        ]
    if isinstance(block, TypedTableBlock):
        return _load_table(block, data, resolver, path)
    if isinstance(block, blocks.StructBlock):
        return _load_struct(block, data, resolver, path)
    if isinstance(block, blocks.ListBlock):
        child = block.child_block
        return [load(child, one, resolver, f"{path}.{n}") for n, one in _rows(data, path)]
    if data is None:
        return block.get_prep_value(block.get_default())
    if isinstance(block, blocks.RichTextBlock):
        return resolver.prose_html(str(data))
    if isinstance(block, blocks.PageChooserBlock):
        return resolver.page_id(str(data))
    if isinstance(block, ImageChooserBlock):
        return resolver.image_id(str(data))
    if isinstance(block, DocumentChooserBlock):
        return resolver.document_id(str(data))
    if isinstance(data, Mapping | list):
        raise PortableError(path, "a single value is expected here")
    return _load_field(block, data, path)


def _load_field(block: blocks.FieldBlock, data: Any, path: str) -> Any:
    """A single value, understood as the form field would: "45" is a number, yes and no are not."""
    if isinstance(block, blocks.BooleanBlock):
        if not isinstance(data, bool):
            raise PortableError(path, "true or false is expected here")
        return data
    if isinstance(data, bool):
        raise PortableError(path, f"{str(data).lower()} does not fit here; put text in quotes")
    if isinstance(block, blocks.ChoiceBlock) and not block.field.valid_value(str(data)):
        known = ", ".join(str(key) for key, _label in block.field.choices if key)
        raise PortableError(path, f"{data!r} is none of: {known}")
    # As text, because a binary float would turn 99.94 into 99.93999.
    text = data if isinstance(data, str) else str(data)
    try:
        value = block.field.to_python(text)
    except ValidationError as error:
        raise PortableError(path, " ".join(error.messages)) from error
    if isinstance(value, str):
        # A text keeps the line breaks and spaces that the form field would take away.
        return text
    return value if isinstance(value, int | None) else str(value)


def _rows(data: Any, path: str) -> enumerate:
    if data is None:
        return enumerate([])
    if not isinstance(data, list):
        raise PortableError(path, "a list is expected here")
    return enumerate(data)


def _load_stream_child(
    block: blocks.StreamBlock, data: Any, resolver: Resolver, path: str
) -> dict[str, Any]:
    if not isinstance(data, Mapping) or len(data) != 1:
        raise PortableError(path, "a mapping with one key, the name of the block, is expected here")
    ((name, value),) = data.items()
    child = block.child_blocks.get(name)
    if child is None:
        raise PortableError(path, f"there is no block called {name!r} here")
    return {"type": name, "value": load(child, value, resolver, f"{path}.{name}")}


def _load_struct(
    block: blocks.StructBlock, data: Any, resolver: Resolver, path: str
) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise PortableError(path, "a mapping is expected here")
    unknown = [name for name in data if name not in block.child_blocks]
    if unknown:
        raise PortableError(path, f"there is no field called {unknown[0]!r} here")
    return {
        name: load(child, data.get(name), resolver, f"{path}.{name}")
        if name in data
        else child.get_prep_value(child.get_default())
        for name, child in block.child_blocks.items()
    }


def _load_table(block: TypedTableBlock, data: Any, resolver: Resolver, path: str) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise PortableError(path, "a mapping with columns and rows is expected here")
    columns = [
        {"type": column["type"], "heading": column["heading"]}
        if isinstance(column, Mapping)
        else {"type": "text", "heading": str(column)}
        for column in data.get("columns") or []
    ]
    unknown = [column["type"] for column in columns if column["type"] not in block.child_blocks]
    if unknown:
        raise PortableError(path, f"there is no column of type {unknown[0]!r}")
    rows = []
    for n, row in _rows(data.get("rows"), path):
        if not isinstance(row, list) or len(row) != len(columns):
            raise PortableError(f"{path}.rows.{n}", f"{len(columns)} cells are expected")
        rows.append(
            {
                "values": [
                    load(block.child_blocks[column["type"]], cell, resolver, f"{path}.rows.{n}")
                    for column, cell in zip(columns, row, strict=True)
                ]
            }
        )
    return {"columns": columns, "rows": rows, "caption": str(data.get("caption") or "")}


def dump(block: blocks.Block, value: Any, resolver: Names) -> Any:
    """The native value of ``block`` as portable data.

    Fields that are empty are left out, a box that is not ticked among them, unless leaving them out
    would bring back a default: what is dumped, loaded and dumped again stays the same.
    """
    if isinstance(block, blocks.StreamBlock):
        return [
            {child.block_type: dump(child.block, child.value, resolver)}
            for child in _children(value)
        ]
    if isinstance(block, TypedTableBlock):
        return _dump_table(block, value, resolver)
    if isinstance(block, blocks.StructBlock):
        return _dump_struct(block, value, resolver)
    if isinstance(block, blocks.ListBlock):
        rows = [one for one in value or [] if not _stands_for_hidden(block, one, resolver)]
        return [dump(block.child_block, one, resolver) for one in rows]
    if value is None:
        return None
    if isinstance(block, blocks.RichTextBlock):
        return resolver.prose_markdown(value.source)
    if isinstance(block, blocks.PageChooserBlock):
        return resolver.page_address(value.pk)
    if isinstance(block, ImageChooserBlock):
        return resolver.image_name(value.pk)
    if isinstance(block, DocumentChooserBlock):
        return resolver.document_name(value.pk)
    prepared = block.get_prep_value(value)
    return prepared if isinstance(prepared, str | int | float | bool | None) else str(prepared)


def _stands_for_hidden(block: blocks.ListBlock, row: Any, resolver: Names) -> bool:
    """Whether the row is about a page that is not to be named: why it stands here would tell of it."""
    fields = getattr(block.child_block, "child_blocks", {})
    if not isinstance(fields.get("page"), blocks.PageChooserBlock):
        return False
    page = row.get("page")
    return page is not None and resolver.page_address(page.pk) is None


def _dump_struct(block: blocks.StructBlock, value: Any, resolver: Names) -> dict[str, Any]:
    fields = {}
    for name, child in block.child_blocks.items():
        default = child.get_default()
        given = value.get(name)
        data = dump(child, default if given is None else given, resolver)
        if not (_is_empty(data) and _is_empty(dump(child, default, resolver))):
            fields[name] = data
    return fields


def _is_empty(data: Any) -> bool:
    # Not by comparison with False: zero is a figure that somebody typed.
    return data is None or data is False or data in ("", [], {})


def _children(value: StreamValue | None) -> list:
    return list(value) if value else []


def _dump_table(block: TypedTableBlock, value: Any, resolver: Names) -> dict[str, Any]:
    return {
        "caption": getattr(value, "caption", ""),
        "columns": [{"type": c["block"].name, "heading": c["heading"]} for c in value.columns],
        "rows": [
            [dump(c["block"], cell, resolver) for c, cell in zip(value.columns, row, strict=True)]
            for row in (record["values"] for record in value.row_data)
        ],
    }
