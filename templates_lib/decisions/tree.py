"""A decision tree: which question comes next, which outcome is reached, and whether it is sound.

Questions and outcomes have keys; an answer leads to the key of one or the other. The first
question is the start. A number question goes to the answer with the highest ``at_least`` that is
not above the number; the one answer without ``at_least`` catches everything below.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from templates_lib.faults import Path
from templates_lib.limits import as_decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was answered: ``given`` is what the reader said, ``answer`` what it picks."""

    question: Any
    answer: Any
    given: str


@dataclass(frozen=True, slots=True)
class WalkState:
    """Either the next ``question`` or the ``outcome``; both None for a tree that is not sound.

    ``refused`` is what was said to ``question`` when that is none of its answers.
    """

    question: Any = None
    outcome: Any = None
    path: Sequence[Step] = field(default_factory=tuple)
    refused: str = ""


def walk(questions: Sequence[Any], outcomes: Sequence[Any], given: Mapping[str, str]) -> WalkState:
    """Follow the answers (question key to answer label or number) from the start. Ends always."""
    by_key = {one.get("key"): one for one in questions}
    ends = {one.get("key"): one for one in outcomes}
    path: list[Step] = []
    question = questions[0] if questions else None
    visited: set[str] = set()
    while question is not None and question.get("key") not in visited:
        visited.add(question.get("key"))
        said = given.get(question.get("key"), "")
        answer = choose(question, said)
        if answer is None:
            return WalkState(question=question, path=tuple(path), refused=said)
        path.append(Step(question, answer, said))
        target = answer.get("leads_to")
        if target in ends:
            return WalkState(outcome=ends[target], path=tuple(path))
        question = by_key.get(target)
    return WalkState(path=tuple(path))


def choose(question: Any, said: str) -> Any | None:
    """The answer that ``said`` picks; None when it is empty or unknown.

    A number is written with a point: in "1,000" the comma might mean either.
    """
    answers = answers_of(question)
    if not is_number(question):
        return next((one for one in answers if said and one.get("label") == said), None)
    number = as_decimal(said)
    if number is None:
        return None
    reached = [(limit, one) for limit, one in _limits(answers) if limit <= number]
    if reached:
        return max(reached, key=lambda pair: pair[0])[1]
    return next((one for one in answers if one.get("at_least") is None), None)


def is_number(question: Any) -> bool:
    return question.get("input") == "number"


def answers_of(question: Any) -> list[Any]:
    return list(question.get("answers") or [])


def _limits(answers: Sequence[Any]) -> Iterator[tuple[Decimal, Any]]:
    for answer in answers:
        limit = as_decimal(answer.get("at_least"))
        if limit is not None:
            yield limit, answer


@dataclass(frozen=True, slots=True)
class Fault:
    """Something unsound, at its ``path`` in the block; ``name`` is the key or text at fault."""

    path: Path
    code: str
    name: str = ""


def faults(questions: Sequence[Any], outcomes: Sequence[Any]) -> list[Fault]:
    """What is wrong with a tree whose fields are all filled; none when each walk ends well.

    Loops and what cannot be reached are only looked for once the keys are in order: a wrong key
    would make both appear where they are not.
    """
    found = [*_key_faults(questions, outcomes), *_answer_faults(questions, outcomes)]
    return found or [*_loops(questions), *_unreached(questions, outcomes)]


def _key_faults(questions: Sequence[Any], outcomes: Sequence[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for child, entries in (("questions", questions), ("outcomes", outcomes)):
        for index, entry in enumerate(entries):
            if entry["key"] in seen:
                yield Fault((child, index, "key"), "duplicate_key", entry["key"])
            seen.add(entry["key"])


def _answer_faults(questions: Sequence[Any], outcomes: Sequence[Any]) -> Iterator[Fault]:
    known = {one["key"] for one in (*questions, *outcomes)}
    for index, question in enumerate(questions):
        place: Path = ("questions", index, "answers")
        answers = answers_of(question)
        if not answers:
            yield Fault(place, "no_answers")
            continue
        for position, answer in enumerate(answers):
            if answer["leads_to"] not in known:
                yield Fault((*place, position, "leads_to"), "unknown_key", answer["leads_to"])
        yield from (
            _number_faults(place, answers)
            if is_number(question)
            else _choice_faults(place, answers)
        )


def _number_faults(place: Path, answers: Sequence[Any]) -> Iterator[Fault]:
    floors = [index for index, one in enumerate(answers) if one.get("at_least") is None]
    if not floors:
        yield Fault(place, "no_floor")
    for index in floors[1:]:
        yield Fault((*place, index, "at_least"), "second_floor")
    seen: set[Decimal] = set()
    for index, answer in enumerate(answers):
        limit = answer.get("at_least")
        if limit is not None and limit in seen:
            yield Fault((*place, index, "at_least"), "duplicate_limit")
        seen.add(limit)


def _choice_faults(place: Path, answers: Sequence[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, answer in enumerate(answers):
        if answer["label"] in seen:
            yield Fault((*place, index, "label"), "duplicate_label", answer["label"])
        seen.add(answer["label"])
        if answer.get("at_least") is not None:
            yield Fault((*place, index, "at_least"), "not_a_number_question")


def _edges(questions: Sequence[Any]) -> dict[str, list[str]]:
    return {one["key"]: [answer["leads_to"] for answer in answers_of(one)] for one in questions}


def _loops(questions: Sequence[Any]) -> Iterator[Fault]:
    """Answers that lead back to a question on the way to them; each loop has at least one."""
    if not questions:
        return
    edges = _edges(questions)
    index_of = {one["key"]: index for index, one in enumerate(questions)}
    done: set[str] = set()
    start = questions[0]["key"]
    # The way from the start with the position reached at each question; no recursion, as a tree
    # may be deeper than Python's stack.
    way: list[list[Any]] = [[start, 0]]
    on_way = {start}
    while way:
        key, position = way[-1]
        if position == len(edges[key]):
            way.pop()
            on_way.discard(key)
            done.add(key)
            continue
        way[-1][1] += 1
        target = edges[key][position]
        if target in on_way:
            yield Fault(
                ("questions", index_of[key], "answers", position, "leads_to"), "loop", target
            )
        elif target in edges and target not in done:
            way.append([target, 0])
            on_way.add(target)


def _unreached(questions: Sequence[Any], outcomes: Sequence[Any]) -> Iterator[Fault]:
    edges = _edges(questions)
    reached: set[str] = set()
    waiting = [questions[0]["key"]] if questions else []
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += edges.get(key, [])
    for child, entries in (("questions", questions), ("outcomes", outcomes)):
        for index, entry in enumerate(entries):
            if entry["key"] not in reached:
                yield Fault((child, index, "key"), "unreachable", entry["key"])
