"""What changed between two states of a page, in words: name of the field, before, after."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

MAX_CHARS = 300
MAX_FACTS = 20
Change = tuple[str, str, str]
# What Wagtail keeps for itself, and what moves with every save.
_ITS_OWN = frozenset(
    [
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "latest_revision",
        "live_revision",
        "latest_revision_created_at",
        "last_published_at",
        "first_published_at",
        "locked",
        "locked_at",
        "locked_by",
        "content_type",
        "translation_key",
        "locale",
        "alias_of",
        "wagtail_admin_comments",
        "expired",
        "index_entries",
        "version",
    ]
)


def between(
    model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """Both are contents of revisions. A field that only one of them knows is no change."""
    found = []
    for name, value in after.items():
        if name in _ITS_OWN or name not in before or before[name] == value:
            continue
        blocks, others = _blocks(before[name]), _blocks(value)
        if blocks is not None and others is not None:
            old, new = _changed_blocks(blocks, others)
        else:
            old, new = _in_words(model, name, before[name]), _in_words(model, name, value)
        if old != new:
            found.append((_label(model, name), old, new))
    return found


def short(value: Any) -> str:
    return Truncator(" ".join(str(value).split())).chars(MAX_CHARS)


def facts_of(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a log says besides, flat: pairs of a name and its words, empty ones left out."""
    return [(name, short(value)) for name, value in _flat(data) if value not in (None, "", [], {})][
        :MAX_FACTS
    ]


def _flat(data: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in data.items():
        full = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{full}.")
        elif name != "id" and not name.endswith("_id"):
            yield full, value


def _label(model: type[models.Model], name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return capfirst(str(getattr(field, "verbose_name", name)))


def _in_words(model: type[models.Model], name: str, value: Any) -> str:
    """Who or what a key stands for, as far as it still stands."""
    if value in (None, "", []):
        return ""
    try:
        related = model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        related = None
    if isinstance(related, type) and isinstance(value, int | list):
        keys = value if isinstance(value, list) else [value]
        if all(isinstance(one, int | str) for one in keys):
            known = related._default_manager.in_bulk(keys)  # type: ignore[attr-defined]  # a model
            return short(", ".join(str(known.get(one, one)) for one in keys))
        return _("%(count)s rows") % {"count": len(keys)}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return short(value)


def _blocks(value: Any) -> dict[str, Any] | None:
    """The blocks of a body by their ids; None when it is no body."""
    if not (isinstance(value, str) and value.startswith("[")):
        return None
    try:
        blocks = json.loads(value)
    except ValueError:
        return None
    if not all(isinstance(one, dict) and "type" in one for one in blocks):
        return None
    return {one.get("id") or str(place): one for place, one in enumerate(blocks)}


def _changed_blocks(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """Of a body the parts that are not the same: their kinds, and how much text each side has."""
    gone = [one for key, one in before.items() if after.get(key) != one]
    come = [one for key, one in after.items() if before.get(key) != one]
    if not gone and not come and list(before) != list(after):
        return _parts(before.values()), _parts(after.values())
    return _parts(gone), _parts(come)


def _parts(blocks: Iterable[Any]) -> str:
    blocks = list(blocks)
    counted = Counter(one["type"] for one in blocks)
    said = ", ".join(f"{name} × {count}" if count > 1 else name for name, count in counted.items())
    if len(blocks) == 1 and isinstance(blocks[0].get("value"), str):
        return short(f"{said}: {blocks[0]['value']}")
    return short(said)
