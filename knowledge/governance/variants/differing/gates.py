"""The quality gates of a standard, and those that a variant has dropped or weakened.

A gate stands while criterion, evidence and who passes it are what the standard says, and while a
machine still checks what a machine checked. What the standard leaves empty a variant may fill.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.governance.variants.differing.rows import GONE, Raw

PART, ROWS = "quality_gates", "gates"
WORDS = ("criterion", "evidence", "approver_role")


@dataclass(frozen=True, slots=True)
class Gate:
    id: str
    value: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.value.get("name") or "")

    @property
    def fingerprint(self) -> str:
        """Another one when anything that counts is said in another way."""
        said = [_even(self.value.get(name)) for name in ("name", *WORDS)]
        text = json.dumps([*said, bool(self.value.get("automated"))])
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def is_met_by(self, other: "Gate") -> bool:
        asked = ((_even(self.value.get(name)), _even(other.value.get(name))) for name in WORDS)
        by_machine = other.value.get("automated") or not self.value.get("automated")
        return bool(by_machine) and all(not wanted or wanted == given for wanted, given in asked)


@dataclass(frozen=True, slots=True)
class Fault:
    """``gate`` of the standard is not there; ``instead`` is what the variant has in its place."""

    gate: Gate
    instead: Gate | None

    @property
    def key(self) -> tuple[str, str]:
        """What an agreement is about: this gate, and this in its place and nothing else."""
        return self.gate.fingerprint, self.instead.fingerprint if self.instead else GONE


def of(body: Sequence[Raw]) -> Iterator[Gate]:
    for part in body:
        if part.get("type") != PART:
            continue
        for row in (part.get("value") or {}).get(ROWS) or []:
            wrapped = isinstance(row, Mapping) and "value" in row
            value = row["value"] if wrapped else row
            if isinstance(value, Mapping):
                yield Gate(str(row.get("id") or "") if wrapped else "", value)


def faults(base: Sequence[Raw], now: Sequence[Raw], mine: Sequence[Raw]) -> list[Fault]:
    """What is asked for: the gates of ``base``, but for those that the standard of now has dropped.

    Where the standard of now says it in another way, either is right.
    """
    today, have = list(of(now)), list(of(mine))
    found = []
    for gate in of(base):
        newer = _same(gate, today)
        if newer is None:
            continue
        instead = _same(gate, have) or _same(newer, have)
        if instead is None or not (gate.is_met_by(instead) or newer.is_met_by(instead)):
            found.append(Fault(gate, instead))
    return found


def _same(gate: Gate, others: Sequence[Gate]) -> Gate | None:
    by_id = (one for one in others if gate.id and one.id == gate.id)
    by_name = (one for one in others if _even(one.name) == _even(gate.name))
    return next(by_id, None) or next(by_name, None)


def _even(text: Any) -> str:
    return " ".join(str(text or "").split()).casefold()
