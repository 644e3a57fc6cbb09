"""A portable body onto a page, checked by its blocks as the edit form would."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue

from knowledge.catalog.models import Artifact
from templates_lib import portable
from templates_lib.portable import PortableError, Resolver


def load_body(page: Artifact, data: Any, resolver: Resolver) -> StreamValue:
    """The value for ``page.body``.

    Raises:
        PortableError: the data do not fit the blocks, or a block refuses its value; the path
            names the place.
    """
    block = page._meta.get_field("body").stream_block  # type: ignore[union-attr]
    value = block.to_python(portable.load(block, data or [], resolver))
    try:
        return block.clean(value)
    except ValidationError as error:
        raise PortableError(*first_problem(error, value)) from error


def first_problem(error: ValidationError, value: StreamValue) -> tuple[str, str]:
    """Path and message of the first thing that a stream refused."""
    problems = getattr(error, "block_errors", None) or {}
    for position, inner in sorted(problems.items()):
        path, message = _dig(inner, f"body.{position}.{value[position].block_type}")
        return path, message
    return "body", "; ".join(error.messages)


def _dig(error: Any, path: str) -> tuple[str, str]:
    inner = getattr(error, "block_errors", None)
    if isinstance(inner, Mapping):
        for name, one in inner.items():
            return _dig(one, f"{path}.{name}")
    elif inner:
        for position, one in enumerate(inner):
            if one:
                return _dig(one, f"{path}.{position}")
    if isinstance(error, list | tuple) and error:
        return _dig(error[0], path)
    if isinstance(error, ValidationError):
        return path, "; ".join(error.messages)
    return path, str(error)
