"""The ways from one text to another: complete, and bounded whatever comes in."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.governance.comparing import matching, texts
from knowledge.governance.comparing.edits import BUDGET, Budget, edits
from knowledge.governance.comparing.result import Mark

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=40)
# What is measured here is the result; a busy machine is no fault.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXT = st.text(alphabet="ab .\n<&é\t", max_size=200)


@calm
@given(WORDS, WORDS)
def test_edits_lead_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    found = edits(old, new, Budget())

    assert found is not None
    assert [w for e in found for w in old[e.old_start : e.old_end]] == old
    assert [w for e in found for w in new[e.new_start : e.new_end]] == new
    for one in found:
        if one.same:
            assert old[one.old_start : one.old_end] == new[one.new_start : one.new_end]


@calm
@given(WORDS)
def test_nothing_differs_from_itself(words: list[str]) -> None:
    found = edits(words, words, Budget())

    assert found is not None
    assert all(one.same for one in found)


@calm
@given(TEXT, TEXT)
def test_spans_hold_both_texts_whole(old: str, new: str) -> None:
    spans = texts.compare(old, new, Budget())

    assert "".join(s.text for s in spans if s.mark != Mark.ADDED) == old
    assert "".join(s.text for s in spans if s.mark != Mark.REMOVED) == new


@calm
@given(TEXT, TEXT)
def test_folding_takes_only_unchanged_text_away(old: str, new: str) -> None:
    spans = texts.compare(f"{old} {'same ' * 99}", f"{new} {'same ' * 99}", Budget())
    short = texts.folded(spans)

    assert "".join(s.text for s in short) == "".join(s.text for s in spans)
    changed = [s for s in spans if s.mark != Mark.SAME]
    assert [s for s in short if s.mark in (Mark.ADDED, Mark.REMOVED)] == changed


def test_a_sentence_shows_the_words_that_changed() -> None:
    spans = texts.compare(
        "Call the duty manager at once.", "Call the incident lead at once.", Budget()
    )

    assert [(s.mark.value, s.text) for s in spans] == [
        ("same", "Call the "),
        ("removed", "duty manager"),
        ("added", "incident lead"),
        ("same", " at once."),
    ]


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    spans = texts.compare(
        "Call the duty manager.", "Write a letter to everybody, with a date.", Budget()
    )

    assert [s.mark for s in spans] == [Mark.REMOVED, Mark.ADDED]


def test_a_spent_budget_shows_texts_whole() -> None:
    spans = texts.compare("one two three", "one 2 three", Budget(left=0))

    assert [(s.mark.value, s.text) for s in spans] == [
        ("removed", "one two three"),
        ("added", "one 2 three"),
    ]


@pytest.mark.parametrize("word", ["a", "a b", " ", "\n"])
def test_long_hostile_texts_stay_within_the_budget(word: str) -> None:
    budget = Budget()
    begin = time.perf_counter()

    texts.compare(f"{word} x" * 50_000, f"{word} y" * 50_000, budget)

    assert budget.left >= BUDGET - 20_000
    assert time.perf_counter() - begin < 5  # a quadratic way takes minutes


def entry(sort: str, identity: str, words: str) -> matching.Entry:
    return matching.Entry(sort, identity, lambda: words, lambda: words)


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from("pq"),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "one two", "one two three", "four"]),
    ),
    max_size=12,
)


@calm
@given(ENTRIES, ENTRIES)
def test_every_part_of_both_sides_is_paired_once(old: list, new: list) -> None:
    pairs = matching.pair(old, new)

    assert sorted(p.old for p in pairs if p.old is not None) == list(range(len(old)))
    assert [p.new for p in pairs if p.new is not None] == list(range(len(new)))
    for one in pairs:
        assert one.old is not None or one.new is not None
        if one.old is not None and one.new is not None:
            assert old[one.old].sort == new[one.new].sort


def test_one_part_that_goes_to_the_end_is_the_only_one_that_moved() -> None:
    parts = [entry("p", str(n), f"text {n}") for n in range(6)]

    pairs = matching.pair(parts, [*parts[1:], parts[0]])

    assert [(p.old, p.new) for p in pairs if p.moved] == [(0, 5)]


def test_a_part_without_ids_is_known_by_its_words() -> None:
    old = [entry("p", "", "call the duty manager now"), entry("p", "", "write it down")]
    new = [entry("p", "", "write it down"), entry("p", "", "call the incident manager now")]

    found = {(p.old, p.new) for p in matching.pair(old, new)}

    assert found == {(0, 1), (1, 0)}
