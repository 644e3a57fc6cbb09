"""A posted form as answers. Names: the key; for a cell of a table the key, row and column."""

from collections.abc import Iterable, Mapping
from typing import Any

from templates_lib.variables.said import Answer

MOST_ROWS = 50


def read(variables: Iterable[Any], data: Any) -> dict[str, Answer]:
    """What ``data`` (a QueryDict, or a mapping of texts) says of the variables, unchecked.

    A field that it does not mention is left out; a list without a choice is an empty list when the
    form mentions it, which it does by an empty value.
    """
    found: dict[str, Answer] = {}
    for variable in variables:
        key = variable.get("key") or ""
        kind = variable.get("kind")
        if kind == "computed":
            continue
        if kind == "table":
            rows = _rows(data, key, len(variable.get("columns") or []))
            if rows is not None:
                found[key] = rows
        elif key in data:
            found[key] = (
                [one for one in _all(data, key) if one] if kind == "several" else _last(data, key)
            )
    return found


def _all(data: Any, key: str) -> list[str]:
    if hasattr(data, "getlist"):
        return [str(one) for one in data.getlist(key)]
    given = data[key]
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


def _last(data: Any, key: str) -> str:
    return (_all(data, key) or [""])[-1]


def _rows(data: Mapping[str, Any], key: str, columns: int) -> list[list[str]] | None:
    """Rows up to the highest that is mentioned; those without a word are left out."""
    if not columns or f"{key}.0.0" not in data:
        return None
    rows = []
    for row in range(MOST_ROWS):
        names = [f"{key}.{row}.{column}" for column in range(columns)]
        if not any(name in data for name in names):
            break
        cells = [_last(data, name).strip() if name in data else "" for name in names]
        if any(cells):
            rows.append(cells)
    return rows
