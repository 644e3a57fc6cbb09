"""Three bodies side by side: what asks, what is taken over, what is kept."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalog.models import GuidePage, PlaybookPage
from knowledge.governance.variants.differing.aligned import ORDER, Standing, align
from knowledge.governance.variants.differing.applying import Way, applied
from knowledge.governance.variants.differing.rows import says
from tests.knowledge.governance.variants.conftest import words

BLOCK = GuidePage._meta.get_field("body").stream_block
A, B, C = words("Talk first.", "a"), words("Then write.", "b"), words("Decide after lunch.", "c")


def keys(rows: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in rows]


def take_all(base: Any, theirs: Any, mine: Any, shuffle: random.Random | None = None) -> list[Any]:
    found = align(BLOCK, base, theirs, mine)
    wanted = [(slot.key, Way.BOTH) for slot in found.asking()]
    wanted += [(ORDER, Way.BOTH)] if found.asks_for_order else []
    if shuffle:
        shuffle.shuffle(wanted)
    return applied(BLOCK, base, theirs, mine, wanted)


def said(rows: list[Any]) -> list[Any]:
    return [(one["type"], says(one)) for one in rows]


class TestWhatAsks:
    def test_nothing_while_the_standard_is_the_same(self) -> None:
        found = align(BLOCK, [A, B], [A, B], [A, words("Another.", "b"), C])

        assert list(found.asking()) == []
        assert [one.standing for one in found.mine] == [
            Standing.SAME,
            Standing.CHANGED,
            Standing.OWN,
        ]

    def test_what_was_left_out_is_told(self) -> None:
        found = align(BLOCK, [A, B], [A, B], [A])

        assert [one.standing for one in found.own()] == [Standing.LEFT_OUT]

    def test_a_change_an_addition_and_a_removal(self) -> None:
        found = align(BLOCK, [A, B], [words("Talk at once.", "a"), C], [A, B])

        assert [(one.key, one.is_conflict) for one in found.asking()] == [
            ("a", False),
            ("b", False),
            ("c", False),
        ]

    def test_both_changed_it_is_a_conflict(self) -> None:
        found = align(BLOCK, [A], [words("Talk at once.", "a")], [words("Talk on Mondays.", "a")])

        assert [one.is_conflict for one in found.asking()] == [True]

    def test_the_standard_dropped_what_the_variant_changed(self) -> None:
        found = align(BLOCK, [A, B], [A], [A, words("Then write it all down.", "b")])

        assert [(one.key, one.is_conflict, one.theirs) for one in found.asking()] == [
            ("b", True, None)
        ]

    def test_what_the_variant_has_already_does_not_ask(self) -> None:
        theirs = [words("Talk at once.", "a"), B, C]

        assert list(align(BLOCK, [A, B], theirs, theirs).asking()) == []
        # Written in by hand, and so under another id.
        by_hand = [words("Talk at once.", "a"), B, words("Decide after lunch.", "other")]
        assert list(align(BLOCK, [A, B], theirs, by_hand).asking()) == []

    def test_another_order_asks_once_for_all(self) -> None:
        found = align(BLOCK, [A, B, C], [C, A, B], [A, B, C])

        assert list(found.asking()) == []
        assert found.asks_for_order
        assert not align(BLOCK, [A, B], [A, B], [B, A]).asks_for_order


class TestTaking:
    def test_keeps_what_is_the_variants_own(self) -> None:
        own = words("Ask the bank.", "own")
        theirs = [words("Talk at once.", "a"), C, B]

        rows = take_all([A, B], theirs, [A, own, B])

        assert keys(rows) == ["a", "c", "own", "b"]
        assert said(rows)[0] == ("paragraph", "<p>Talk at once.</p>")

    def test_order_leaves_own_parts_behind_what_they_stood_behind(self) -> None:
        own = words("Ask the bank.", "own")

        rows = take_all([A, B, C], [C, A, B], [A, own, B, C])

        assert keys(rows) == ["c", "a", "own", "b"]

    def test_a_part_that_was_left_out_comes_back_only_when_it_is_wanted(self) -> None:
        theirs = [A, words("Then write it down.", "b"), C]

        assert keys(applied(BLOCK, [A, B, C], theirs, [A, C], [])) == ["a", "c"]
        assert keys(take_all([A, B, C], theirs, [A, C])) == ["a", "b", "c"]

    def test_what_is_taken_twice_is_there_once(self) -> None:
        once = take_all([A], [A, B], [A])

        assert applied(BLOCK, [A], [A, B], once, [("b", Way.BOTH)]) == once


TEXTS = st.lists(
    st.text(alphabet="abcdefgh ", min_size=3, max_size=30).filter(str.strip),
    max_size=8,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(before=TEXTS, data=st.data())
def test_taking_everything_into_an_unchanged_variant_makes_it_the_standard(before, data) -> None:
    base = [words(text, f"id-{n}") for n, text in enumerate(before)]
    kept = [one for one in base if data.draw(st.booleans())]
    rewritten = [
        words(data.draw(st.text("xyz ", min_size=1, max_size=20)), one["id"])
        if data.draw(st.booleans())
        else one
        for one in kept
    ]
    added = [words(text, f"new-{n}") for n, text in enumerate(data.draw(TEXTS))]
    theirs = data.draw(st.permutations([*rewritten, *added]))

    rows = take_all(base, theirs, base, random.Random(data.draw(st.integers(0, 99))))

    assert said(rows) == said(theirs)
    assert list(align(BLOCK, base, theirs, rows).asking()) == []


class TestMerging:
    """A list of steps, of which each side changed another one."""

    BLOCK = PlaybookPage._meta.get_field("body").stream_block

    def steps(self, *rows: tuple[str, str, str]) -> list[dict[str, Any]]:
        block = self.BLOCK.child_blocks["steps"]
        listed = [
            {"type": "item", "id": key, "value": {"title": task, "owner_role": owner}}
            for key, task, owner in rows
        ]
        assert "steps" in block.child_blocks
        return [{"type": "steps", "id": "s", "value": {"title": "", "steps": listed}}]

    def merged(self, base: Any, theirs: Any, mine: Any) -> list[tuple[str, str]] | None:
        from knowledge.governance.variants.differing.merging import merged

        slot = next(iter(align(self.BLOCK, base, theirs, mine).asking()))
        assert slot.is_conflict
        both = merged(self.BLOCK, slot)
        return both and [
            (row["value"]["title"], row["value"]["owner_role"]) for row in both["value"]["steps"]
        ]

    def test_changes_of_different_rows_and_fields_go_together(self) -> None:
        base = self.steps(("1", "Open", "Lead"), ("2", "Read", "Lead"), ("3", "Close", "Lead"))
        theirs = self.steps(
            ("1", "Open early", "Lead"),
            ("2", "Read", "Lead"),
            ("3", "Close", "Lead"),
            ("4", "Report", "Lead"),
        )
        mine = self.steps(("1", "Open", "Clerk"), ("x", "Ask", "Bank"), ("3", "Close", "Clerk"))

        assert self.merged(base, theirs, mine) == [
            ("Open early", "Clerk"),
            ("Ask", "Bank"),
            ("Close", "Clerk"),
            ("Report", "Lead"),
        ]

    @pytest.mark.parametrize("mine", [(("1", "Open late", "Lead"),), ()])
    def test_nothing_is_guessed_where_both_changed_the_same(self, mine) -> None:
        base = self.steps(("1", "Open", "Lead"))
        theirs = self.steps(("1", "Open early", "Lead"))

        assert self.merged(base, theirs, self.steps(*mine)) is None
