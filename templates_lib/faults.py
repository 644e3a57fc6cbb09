"""Validation errors at their places inside nested blocks."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

# Names of children and positions in lists, such as ("questions", 0, "key").
Path = tuple[str | int, ...]


def placed(faults: Iterable[tuple[Path, ValidationError]]) -> ValidationError:
    """One error that shows each of ``faults`` at its place in the editor.

    Wagtail shows one error at each child: the first fault at a place wins. A path must not be
    empty, and all paths start either with a name (a struct) or with a position (a list).
    """
    below: dict[str | int, list[tuple[Path, ValidationError]]] = {}
    for path, error in faults:
        below.setdefault(path[0], []).append((path[1:], error))
    children = {key: _child(entries) for key, entries in below.items()}
    if all(isinstance(key, int) for key in children):
        return ListBlockValidationError(block_errors=children)
    return StructBlockValidationError(block_errors=children)


def _child(entries: list[tuple[Path, ValidationError]]) -> ValidationError:
    here = [error for path, error in entries if not path]
    return here[0] if here else placed(entries)
