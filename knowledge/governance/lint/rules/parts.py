"""Typed parts that lack what makes them of use."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind
from knowledge.governance.lint.registry import Spot, Surroundings
from knowledge.governance.lint.rules.body import Part

# What is carried out in stages, or makes one thing of another, wants a point where it may stop.
WANT_GATES = (Kind.BLUEPRINT, Kind.ROLLOUT_PLAN)
Parts = tuple[Part, ...]


def bottom_line(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    if not (page.bottom_line or "").strip():
        yield Spot("bottom_line")


def no_owner(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    if not (page.owner_user_id or page.owner_group_id):
        yield Spot("owner_user")


def absent_owner(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """The person has left, or nobody is in the group any more."""
    if page.owner_user_id in around.absent_users:
        yield Spot("owner_user", page.owned_by)
    elif page.owner_group_id in around.empty_groups:
        yield Spot("owner_group", page.owned_by)


def steps_without_outcome(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    yield from _lacking(parts, "steps", "steps", "title", {"outcome": _("Outcome")})


def handoffs(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    names = {"owner_role": _("Owner"), "input": _("Input"), "outcome": _("Outcome")}
    for part in _of_type(parts, "handoffs"):
        for path, row in part.rows("handoffs"):
            lacking = [label for name, label in names.items() if not row.get(name)]
            if lacking:
                place = f"{row.get('from_role') or '?'} → {row.get('to_role') or '?'}"
                yield Spot(path, place, ", ".join(lacking))


def no_gate(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    if page.kind in WANT_GATES and not any(_of_type(parts, "quality_gates")):
        yield Spot("body")


def failure_modes(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """A recovery that does not exist any more is none."""
    for part in _of_type(parts, "failure_modes"):
        for path, row in part.rows("modes"):
            known = row.get("recovery") and int(row["recovery"]) in around.targets
            if not known and not row.get("recovery_note"):
                yield Spot(path, row.get("failure") or "")


def tasks_without_owner(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    owner = {"owner_role": _("Owner")}
    yield from _lacking(parts, "tasks", "tasks", "task", owner)
    yield from _lacking(parts, "timeline", "phases", "action", owner)


def claims(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    for part in _of_type(parts, "claim"):
        if isinstance(part.raw, dict) and not (
            part.raw.get("source_title") or part.raw.get("source_url")
        ):
            yield Spot(part.path, part.raw.get("statement") or "")


def pictures(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """One that came by import or from an older version; the form asks for the words."""
    for part in _of_type(parts, "image"):
        raw = part.raw if isinstance(part.raw, dict) else {}
        if raw.get("image") and not raw.get("alt") and not raw.get("decorative"):
            yield Spot(f"{part.path}.alt", raw.get("caption") or "")


def _lacking(
    parts: Parts, block: str, rows: str, title: str, names: dict[str, str]
) -> Iterator[Spot]:
    for part in _of_type(parts, block):
        for path, row in part.rows(rows):
            if any(not row.get(name) for name in names):
                yield Spot(path, row.get(title) or "")


def _of_type(parts: Parts, name: str) -> Iterable[Part]:
    return (part for part in parts if part.type == name)
