"""From answers to levels: what a person may check with a pencil."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.practice.assessments import questions
from knowledge.practice.assessments.questions import Pillar, Question, Questions

ASKED = Questions(
    heading="Where are we?",
    scale=["Initial", "Managed", "Defined"],
    pillars=[
        Pillar("A", [Question("0.0", "a", ""), Question("0.1", "b", "")], 2, []),
        Pillar("B", [Question("1.0", "c", "")], None, []),
    ],
    fit={},
)
FIT = {"adopt_when": ["yes"], "unnecessary_when": ["no"], "justify": ["why"]}
sheets = st.fixed_dictionaries(dict.fromkeys(ASKED.keys, st.integers(1, 3)))


def test_a_level_is_reached_when_the_mean_is_at_least_its_number():
    low, other = questions.scores(ASKED, [{"0.0": 1, "0.1": 2, "1.0": 3}])
    assert (low.mean, low.level, low.level_name, low.is_weak) == (1.5, 1, "Initial", True)
    assert (other.mean, other.level_name, other.is_weak) == (3.0, "Defined", False)


def test_the_limit_itself_is_not_low():
    assert not questions.scores(ASKED, [{"0.0": 2, "0.1": 2, "1.0": 1}])[0].is_weak


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(sheets, min_size=1, max_size=6))
def test_the_mean_lies_between_the_persons_and_does_not_depend_on_their_order(given_sheets):
    for one, again in zip(
        questions.scores(ASKED, given_sheets),
        questions.scores(ASKED, given_sheets[::-1]),
        strict=True,
    ):
        assert one.lowest - 1e-9 <= one.mean <= one.highest + 1e-9
        assert one.mean == pytest.approx(again.mean)
        assert one.level == again.level
        assert 1 <= one.level <= 3


def test_no_answer_is_no_level():
    score = questions.scores(ASKED, [])[0]
    assert (score.mean, score.level_name, score.is_weak) == (None, "", False)


@pytest.mark.parametrize("sent", ["0", "4", "-1", "1.5", "²", "", "1" * 50, "{{7*7}}"])
def test_what_is_no_step_of_the_scale_is_no_answer(sent):
    assert questions.read(ASKED, {"0.0": sent, "9.9": "1"}) == {}


@pytest.mark.parametrize(
    ("means", "answer", "reasons"),
    [
        ([2, 2, 2, 2], "Yes, adopt it", ["yes"]),
        ([1, 2, 2, 2], "Only with a reason", ["why"]),
        ([1, 1, 2, 2], "No, not now", ["no"]),
    ],
)
def test_a_fit_assessment_ends_in_a_reasoned_yes_or_no(means, answer, reasons):
    pillars = [Pillar(f"P{n}", [Question(f"{n}.0", "?", "")], 2, []) for n in range(4)]
    asked = Questions("Fit", ["No", "Yes"], pillars, FIT)
    result = questions.scores(asked, [{f"{n}.0": mean for n, mean in enumerate(means)}])
    verdict = questions.verdict(asked, result)
    assert (verdict.answer, verdict.reasons) == (answer, reasons)
    assert len(verdict.weak) == means.count(1)
    assert questions.verdict(ASKED, questions.scores(ASKED, [{"0.0": 1}])) is None
