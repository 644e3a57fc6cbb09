"""Validation errors at their places inside nested blocks."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

# Names of children and positions in lists, such as ("questions", 0, "key").
Path = tuple[str | int, ...]
Fault = tuple[Path, ValidationError]


def placed(faults: Iterable[Fault]) -> ValidationError:
    """One error that shows each of ``faults`` at its place in the editor.

    Wagtail shows one error at each field: the first at a place wins. No path may be empty, and all
    start either with the name of a child or with a position in a list.
    """
    return _placed(list(faults), [])


def _placed(faults: Sequence[Fault], own: Sequence[ValidationError]) -> ValidationError:
    below: dict[str | int, list[Fault]] = {}
    for path, error in faults:
        below.setdefault(path[0], []).append((path[1:], error))
    children = {key: _child(entries) for key, entries in below.items()}
    if all(isinstance(key, int) for key in children):
        return ListBlockValidationError(block_errors=children, non_block_errors=list(own))
    return StructBlockValidationError(block_errors=children, non_block_errors=list(own))


def _child(entries: Sequence[Fault]) -> ValidationError:
    here = [error for path, error in entries if not path]
    deeper = [(path, error) for path, error in entries if path]
    return _placed(deeper, here) if deeper else here[0]
