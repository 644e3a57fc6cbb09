"""The audit as CSV and JSON, written while it is read: its length does not matter."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from knowledge.governance.audit import selectors
from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.tables import as_text

COLUMNS = (
    *("at", "who", "action", "action_label", "type", "object_id", "object", "version"),
    *("changes", "facts", "address"),
)


class _Echo:
    def write(self, value: str) -> str:
        return value


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Times in the site's zone; no cell is taken for a formula."""
    writer: Any = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for one in entries:
        row = _row(one) | {
            "at": timezone.localtime(one.at).isoformat(timespec="seconds"),
            "changes": "; ".join(f"{name}: {old} → {new}" for name, old, new in one.changes),
            "facts": "; ".join(f"{name}: {value}" for name, value in one.facts),
        }
        yield writer.writerow([as_text(row[name]) for name in COLUMNS])


def as_json(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """A list of objects; times in UTC."""
    between = "[\n"
    for one in entries:
        row = _row(one) | {
            "at": one.at.isoformat(),
            "changes": [
                {"field": name, "before": old, "after": new} for name, old, new in one.changes
            ],
            "facts": [{"name": name, "value": value} for name, value in one.facts],
        }
        yield between + json.dumps(row)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _row(one: AuditEntry) -> dict[str, Any]:
    return {
        "who": one.actor_name,
        "action": one.action,
        "action_label": selectors.in_words(one.action),
        "type": one.object_type,
        "object_id": one.object_id,
        "object": one.object_label,
        "version": one.version,
        "address": one.address,
    }
