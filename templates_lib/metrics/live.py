"""Where metric blocks get values that are kept elsewhere. The library knows no such place.

``use`` is called once at start. Given the keys that blocks name and the day, the source returns for
each key that it knows and may show to every reader an object with ``name``, ``unit``, ``comparison``
and ``target``, and the points of its history: pairs of a day and a value, oldest first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Point = tuple[date, Decimal]
Source = Callable[[Sequence[str], date], Mapping[str, tuple[Any, Sequence[Point]]]]
_sources: list[Source] = []


def use(source: Source) -> None:
    _sources[:] = [source]


def figures(keys: Sequence[str], today: date) -> Mapping[str, tuple[Any, Sequence[Point]]]:
    """Nothing is asked when no block names a key."""
    return _sources[0](keys, today) if keys and _sources else {}
