"""The arithmetic of the matrix: what is said to bring both level does, and nothing smaller does."""

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from knowledge.practice.weighing.ranking import (
    cells,
    ranked,
    score_flip,
    shares,
    weight_flip,
)

HIGHEST = 5
scores = st.integers(0, HIGHEST * 4).map(lambda n: Fraction(n, 4))
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def matrices(draw, fewest_criteria=2):
    criteria = draw(st.integers(fewest_criteria, 4))
    options = draw(st.integers(2, 4))
    means = [[draw(scores) for _ in range(criteria)] for _ in range(options)]
    weights = [Fraction(draw(st.integers(0, 9))) for _ in range(criteria)]
    assume(any(weights))
    return means, shares(weights)


def lead(means, parts, first, second):
    totals = {one.option: one.total for one in ranked(means, parts)}
    return totals[first] - totals[second]


def moved(parts, criterion, to):
    """The shares with one of them at ``to``, the others in their proportions."""
    rest = 1 - parts[criterion]
    return [
        to if place == criterion else part * (1 - to) / rest for place, part in enumerate(parts)
    ]


@CALM
@given(matrices())
def test_shares_are_parts_of_one_and_the_ranking_falls(matrix):
    means, parts = matrix
    assert sum(parts) == 1
    totals = [one.total for one in ranked(means, parts)]
    assert totals == sorted(totals, reverse=True)
    assert all(0 <= total <= HIGHEST for total in totals)


@CALM
@given(matrices())
def test_at_the_named_share_both_are_level(matrix):
    means, parts = matrix
    flip = weight_flip(means, parts)
    assume(flip is not None)
    first, second = (one.option for one in ranked(means, parts)[:2])
    assert flip.now == parts[flip.criterion]
    assert lead(means, moved(parts, flip.criterion, flip.at), first, second) == 0


@CALM
@given(matrices(), st.integers(0, 3), st.fractions(0, 1))
def test_no_smaller_change_of_a_share_ends_the_lead(matrix, criterion, to):
    means, parts = matrix
    criterion %= len(parts)
    assume(parts[criterion] != 1)
    first, second = (one.option for one in ranked(means, parts)[:2])
    flip = weight_flip(means, parts)
    if flip is None or abs(to - parts[criterion]) < abs(flip.at - flip.now):
        before = lead(means, parts, first, second)
        assert lead(means, moved(parts, criterion, to), first, second) > 0 or before == 0


@CALM
@given(matrices())
def test_the_named_score_brings_both_level_and_stays_on_the_scale(matrix):
    means, parts = matrix
    flip = score_flip(means, parts, HIGHEST)
    assume(flip is not None)
    first, second = (one.option for one in ranked(means, parts)[:2])
    changed = [list(row) for row in means]
    changed[flip.option][flip.criterion] += flip.by
    assert 0 <= changed[flip.option][flip.criterion] <= HIGHEST
    assert lead(changed, parts, first, second) == 0


def test_a_case_to_follow_with_a_pencil():
    """A leads B by 0.8: 0.6 x (5 - 3) less 0.4 x (4 - 3). At 1/3 for the first both are level."""
    means = [[Fraction(5), Fraction(3)], [Fraction(3), Fraction(4)]]
    parts = shares([Fraction(3), Fraction(2)])
    order = ranked(means, parts)
    assert [float(one.total) for one in order] == [4.2, 3.4]
    flip = weight_flip(means, parts)
    assert (flip.criterion, flip.now, flip.at) == (0, Fraction(3, 5), Fraction(1, 3))
    by_score = score_flip(means, parts, HIGHEST)
    assert (by_score.option, by_score.criterion, by_score.by) == (1, 0, Fraction(4, 3))


def test_with_one_criterion_no_weight_decides():
    means = [[Fraction(5)], [Fraction(3)]]
    assert weight_flip(means, shares([Fraction(2)])) is None


def test_equal_options_are_level_already_and_one_option_has_no_rival():
    means = [[Fraction(3), Fraction(4)], [Fraction(4), Fraction(3)]]
    parts = shares([Fraction(1), Fraction(1)])
    assert weight_flip(means, parts).at == Fraction(1, 2)
    assert weight_flip(means[:1], parts) is None
    assert score_flip(means[:1], parts, HIGHEST) is None


def test_disagreement_in_words():
    said = [{(0, 0): Fraction(n), (0, 1): Fraction(3)} for n in (1, 5)]
    apart, same = cells(said, 1, 2, HIGHEST)[0]
    assert (apart.mean, apart.deviation, apart.agreement) == (3, 2.0, "far")
    assert (same.mean, same.deviation, same.agreement) == (3, 0.0, "same")
    close = cells([{(0, 0): Fraction(3)}, {(0, 0): Fraction(4)}], 1, 1, HIGHEST)[0][0]
    assert close.agreement == "close"
    said = [{(0, 0): Fraction(3)}, {(0, 0): Fraction(5)}]
    assert cells(said, 1, 1, HIGHEST)[0][0].agreement == "apart"
