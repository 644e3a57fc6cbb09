"""A decision tree: which question comes next, which outcome is reached, and whether it is sound.

Questions and outcomes have keys; an answer leads to the key of one or the other. The first
question is the start. A number question goes to the answer with the highest ``at_least`` that is
not above the number; the one answer without ``at_least`` catches everything below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was answered."""

    question: Any
    answer: Any
    given: str


@dataclass(frozen=True, slots=True)
class WalkState:
    """Either the next ``question`` or the ``outcome``; both None for a tree that is not sound."""

    question: Any = None
    outcome: Any = None
    path: Sequence[Step] = field(default_factory=tuple)


def walk(questions: Sequence[Any], outcomes: Sequence[Any], given: Mapping[str, str]) -> WalkState:
    """Follow the answers (question key to answer label or number) from the start. Pure; ends always."""
    by_key = {one["key"]: one for one in questions}
    ends = {one["key"]: one for one in outcomes}
    path: list[Step] = []
    question = questions[0] if questions else None
    visited: set[str] = set()
    while question is not None and question["key"] not in visited:
        visited.add(question["key"])
        said = given.get(question["key"], "")
        answer = choose(question, said)
        if answer is None:
            return WalkState(question=question, path=tuple(path))
        path.append(Step(question, answer, said))
        target = answer["leads_to"]
        if target in ends:
            return WalkState(outcome=ends[target], path=tuple(path))
        question = by_key.get(target)
    return WalkState(path=tuple(path))


def choose(question: Any, said: str) -> Any | None:
    """The answer that ``said`` picks; None when it is empty or unknown."""
    answers = question["answers"]
    if question.get("input") != "number":
        return next((one for one in answers if one["label"] == said), None)
    try:
        number = Decimal(said.strip().replace(",", "."))
    except (InvalidOperation, AttributeError):
        return None
    if not number.is_finite():
        return None
    floor = next((one for one in answers if one.get("at_least") is None), None)
    reached = [
        one for one in answers if one.get("at_least") is not None and one["at_least"] <= number
    ]
    return max(reached, key=lambda one: one["at_least"]) if reached else floor


@dataclass(frozen=True, slots=True)
class Fault:
    """Something unsound: ``child`` is ``questions`` or ``outcomes``, ``index`` the entry in it."""

    child: str
    index: int
    code: str
    name: str = ""


def faults(questions: Sequence[Any], outcomes: Sequence[Any]) -> list[Fault]:
    """Duplicate and unknown keys, questions without answers, loops, and what cannot be reached."""
    found = _key_faults(questions, outcomes)
    known = {one["key"] for one in (*questions, *outcomes)}
    for index, question in enumerate(questions):
        if not question["answers"]:
            found.append(Fault("questions", index, "no_answers"))
        unknown = [one["leads_to"] for one in question["answers"] if one["leads_to"] not in known]
        found += [Fault("questions", index, "unknown_key", key) for key in unknown]
        if question.get("input") == "number":
            floors = [one for one in question["answers"] if one.get("at_least") is None]
            if len(floors) != 1:
                found.append(Fault("questions", index, "no_floor"))
    if found:
        return found
    return [*_loops(questions), *_unreached(questions, outcomes)]


def _key_faults(questions: Sequence[Any], outcomes: Sequence[Any]) -> list[Fault]:
    seen: set[str] = set()
    found = []
    for child, entries in (("questions", questions), ("outcomes", outcomes)):
        for index, entry in enumerate(entries):
            if entry["key"] in seen:
                found.append(Fault(child, index, "duplicate_key", entry["key"]))
            seen.add(entry["key"])
    return found


def _edges(questions: Sequence[Any]) -> dict[str, list[str]]:
    return {one["key"]: [answer["leads_to"] for answer in one["answers"]] for one in questions}


def _loops(questions: Sequence[Any]) -> list[Fault]:
    """Questions from which one comes back to them, without recursion: trees may be deep."""
    edges = _edges(questions)
    found = []
    for index, question in enumerate(questions):
        if question["key"] in _reach(edges, edges[question["key"]]):
            found.append(Fault("questions", index, "loop"))
    return found


def _reach(edges: Mapping[str, list[str]], start: Sequence[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += edges.get(key, [])
    return reached


def _unreached(questions: Sequence[Any], outcomes: Sequence[Any]) -> list[Fault]:
    if not questions:
        return []
    reached = _reach(_edges(questions), [questions[0]["key"]])
    return [
        Fault(child, index, "unreachable")
        for child, entries in (("questions", questions), ("outcomes", outcomes))
        for index, entry in enumerate(entries)
        if entry["key"] not in reached
    ]
