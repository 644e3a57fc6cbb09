"""Trees as plain dicts: the rules of a walk, and what makes a tree unsound."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_lib.decisions import tree

USERS = {
    "key": "users",
    "input": "number",
    "answers": [
        {"label": "Many", "at_least": Decimal(10), "leads_to": "stop"},
        {"label": "Few", "at_least": None, "leads_to": "go"},
        {"label": "Some", "at_least": Decimal("0.5"), "leads_to": "watch"},
    ],
}
DATA = {
    "key": "data",
    "input": "choice",
    "answers": [
        {"label": "Yes", "at_least": None, "leads_to": "stop"},
        {"label": "No", "at_least": None, "leads_to": "users"},
    ],
}
ENDS = [{"key": "go"}, {"key": "watch"}, {"key": "stop"}]


def codes(questions: Sequence[Any], outcomes: Sequence[Any]) -> dict[tuple, str]:
    return {fault.path: fault.code for fault in tree.faults(questions, outcomes)}


def test_without_answers_the_walk_stands_at_the_first_question():
    state = tree.walk([DATA, USERS], ENDS, {})
    assert (state.question, state.outcome, state.path) == (DATA, None, ())


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("-3", "go"),
        ("0", "go"),
        ("0.49", "go"),
        ("0.5", "watch"),
        (" 9.99 ", "watch"),
        ("10", "stop"),
        ("1e6", "stop"),
    ],
)
def test_a_threshold_that_is_crossed_changes_the_outcome(said, outcome):
    state = tree.walk([DATA, USERS], ENDS, {"data": "No", "users": said})
    assert state.outcome == {"key": outcome}
    assert [step.given for step in state.path] == ["No", said]


@pytest.mark.parametrize("said", ["", "many", "1,000", "NaN", "Infinity", "1 0"])
def test_what_is_no_number_leaves_the_question_open(said):
    state = tree.walk([DATA, USERS], ENDS, {"data": "No", "users": said})
    assert state.question == USERS
    assert state.refused == said


@pytest.mark.parametrize("said", ["", "yes", "Perhaps"])
def test_what_is_no_answer_leaves_the_question_open(said):
    assert tree.walk([DATA, USERS], ENDS, {"data": said}).question == DATA


def test_answers_to_questions_that_are_not_asked_are_ignored():
    state = tree.walk([DATA, USERS], ENDS, {"data": "Yes", "users": "3", "else": "x"})
    assert state.outcome == {"key": "stop"}
    assert len(state.path) == 1


def test_a_broken_draft_ends_without_question_and_outcome():
    looping = {"key": "data", "answers": [{"label": "Yes", "leads_to": "data"}]}
    assert tree.walk([looping], [], {"data": "Yes"}).question is None
    nowhere = {"key": "data", "answers": [{"label": "Yes", "leads_to": "gone"}]}
    assert tree.walk([nowhere], [], {"data": "Yes"}).outcome is None
    assert tree.walk([], [], {}).question is None
    assert tree.walk([{}], [{}], {"x": "y"}).question == {}


def test_a_sound_tree_has_no_fault():
    assert codes([DATA, USERS], ENDS) == {}


def question(key: str, *leads_to: str, number: bool = False, **fields: Any) -> dict[str, Any]:
    answers = [
        {
            "label": f"{key} {index}",
            "at_least": Decimal(index) if number and index else None,
            "leads_to": target,
        }
        for index, target in enumerate(leads_to)
    ]
    return {
        "key": key,
        "input": "number" if number else "choice",
        "answers": answers,
        **fields,
    }


def test_each_fault_is_told_at_the_field_that_is_wrong():
    assert codes([question("a")], [{"key": "end"}]) == {("questions", 0, "answers"): "no_answers"}
    assert codes([question("a", "end", "gone")], [{"key": "end"}]) == {
        ("questions", 0, "answers", 1, "leads_to"): "unknown_key"
    }
    assert codes([question("a", "a", "end")], [{"key": "end"}]) == {
        ("questions", 0, "answers", 0, "leads_to"): "loop"
    }
    assert codes([question("a", "end"), question("b", "end")], [{"key": "end"}, {"key": "x"}]) == {
        ("questions", 1, "key"): "unreachable",
        ("outcomes", 1, "key"): "unreachable",
    }


def test_a_key_belongs_to_one_question_or_outcome():
    assert codes([question("a", "end"), question("a", "end")], [{"key": "end"}]) == {
        ("questions", 1, "key"): "duplicate_key"
    }
    assert codes([question("a", "end")], [{"key": "end"}, {"key": "a"}]) == {
        ("outcomes", 1, "key"): "duplicate_key"
    }


def test_a_longer_loop_is_told_where_it_closes():
    questions = [question("a", "b"), question("b", "c", "end"), question("c", "a")]
    assert codes(questions, [{"key": "end"}]) == {
        ("questions", 2, "answers", 0, "leads_to"): "loop"
    }


def test_two_ways_to_one_question_are_no_loop():
    questions = [question("a", "b", "c"), question("b", "c"), question("c", "end")]
    assert codes(questions, [{"key": "end"}]) == {}


def test_a_number_question_has_one_floor_and_different_limits():
    ends = [{"key": "x"}, {"key": "y"}, {"key": "z"}]
    sound = question("a", "x", "y", "z", number=True)
    assert codes([sound], ends) == {}
    limits = [answer["at_least"] for answer in sound["answers"]]
    assert limits == [None, Decimal(1), Decimal(2)]

    sound["answers"][0]["at_least"] = Decimal(0)
    assert codes([sound], ends) == {("questions", 0, "answers"): "no_floor"}
    sound["answers"][0]["at_least"] = sound["answers"][1]["at_least"] = None
    assert codes([sound], ends) == {("questions", 0, "answers", 1, "at_least"): "second_floor"}
    sound["answers"][1]["at_least"] = Decimal("2.00")
    assert codes([sound], ends) == {("questions", 0, "answers", 2, "at_least"): "duplicate_limit"}


def test_a_choice_offers_each_answer_once_and_without_limits():
    asked = question("a", "x", "x")
    asked["answers"][1]["label"] = asked["answers"][0]["label"]
    assert codes([asked], [{"key": "x"}]) == {
        ("questions", 0, "answers", 1, "label"): "duplicate_label"
    }
    asked = question("a", "x")
    asked["answers"][0]["at_least"] = Decimal(3)
    assert codes([asked], [{"key": "x"}]) == {
        ("questions", 0, "answers", 0, "at_least"): "not_a_number_question"
    }


def test_a_tree_deeper_than_the_stack_is_judged():
    depth = 5000
    questions = [question(f"q{n}", f"q{n + 1}") for n in range(depth)]
    questions.append(question(f"q{depth}", "end"))
    assert codes(questions, [{"key": "end"}]) == {}
    questions[-1] = question(f"q{depth}", "q0")
    assert codes(questions, []) == {
        ("questions", depth, "answers", 0, "leads_to"): "loop",
    }


@st.composite
def any_trees(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Questions that lead anywhere, also to nothing and in circles."""
    questions = draw(st.integers(1, 6))
    outcomes = [{"key": f"o{n}"} for n in range(draw(st.integers(1, 4)))]
    keys = [f"q{n}" for n in range(questions)] + [one["key"] for one in outcomes] + ["gone"]
    return [
        question(
            f"q{n}",
            *draw(st.lists(st.sampled_from(keys), max_size=3)),
            number=draw(st.booleans()),
        )
        for n in range(questions)
    ], outcomes


def ends_of_all_walks(questions: list[dict], outcomes: list[dict]) -> tuple[bool, set[str]]:
    """A naive model: try every way; whether each ends at an outcome, and what was passed."""
    by_key = {one["key"]: one for one in questions}
    ends = {one["key"] for one in outcomes}
    passed: set[str] = set()

    def follow(key: str, way: tuple[str, ...]) -> bool:
        passed.add(key)
        if key in ends:
            return True
        if key in way or key not in by_key or not by_key[key]["answers"]:
            return False
        # Not a generator: each way is to be tried, also after one that fails.
        ends_well = [follow(answer["leads_to"], (*way, key)) for answer in by_key[key]["answers"]]
        return all(ends_well)

    return follow(questions[0]["key"], ()), passed


@given(any_trees())
@settings(max_examples=150, deadline=None)
def test_a_tree_is_sound_when_every_way_ends_and_everything_is_passed(drawn):
    questions, outcomes = drawn
    well, passed = ends_of_all_walks(questions, outcomes)
    everything = {one["key"] for one in (*questions, *outcomes)}
    sound = well and passed == everything
    assert (tree.faults(questions, outcomes) == []) is sound


@st.composite
def sound_trees(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Each question leads on to the next one or to an outcome of its own, and to others after it."""
    count = draw(st.integers(1, 8))
    outcomes = [{"key": f"o{n}"} for n in range(count)]
    questions = []
    for n in range(count):
        later = [f"q{m}" for m in range(n + 1, count)]
        leads_to = [f"o{n}", *later[:1]]
        leads_to += draw(st.lists(st.sampled_from([*later, f"o{n}"]), max_size=2))
        questions.append(question(f"q{n}", *leads_to, number=draw(st.booleans())))
    return questions, outcomes


@given(sound_trees(), st.data())
@settings(max_examples=80, deadline=None)
def test_every_walk_through_a_sound_tree_ends_at_an_outcome(drawn, data):
    questions, outcomes = drawn
    assert tree.faults(questions, outcomes) == []
    given_answers: dict[str, str] = {}
    for _ in range(len(questions) + 1):
        state = tree.walk(questions, outcomes, given_answers)
        if state.outcome is not None:
            assert state.outcome in outcomes
            assert [step.question["key"] for step in state.path] == list(given_answers)
            return
        asked = state.question
        if asked["input"] == "number":
            said = str(data.draw(st.integers(-2, 6)))
        else:
            said = data.draw(st.sampled_from(asked["answers"]))["label"]
        given_answers[asked["key"]] = said
    pytest.fail("The walk did not end.")


@given(sound_trees(), st.dictionaries(st.text(max_size=4), st.text(max_size=4)))
@settings(max_examples=50, deadline=None)
def test_whatever_is_said_a_walk_never_fails(drawn, said):
    questions, outcomes = drawn
    state = tree.walk(questions, outcomes, said | {"q0": next(iter(said.values()), "")})
    assert (state.question is None) != (state.outcome is None)
