"""Bodies compared: what a reader would say has changed."""

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalog.bodies import LIBRARY
from knowledge.catalog.models import GuidePage
from knowledge.governance.comparing import summary
from knowledge.governance.comparing.parts import Comparer
from knowledge.governance.comparing.result import Change, Comparison, Item, State, Unchanged
from knowledge.governance.comparing.wording import without_ids

BODY = GuidePage._meta.get_field("body").stream_block


class Names:
    def page(self, pk: int) -> str:
        return {1: "The handbook", 2: "The other book"}.get(pk, "")

    image = document = page


def part(name: str, value: Any, identity: str = "") -> dict[str, Any]:
    return {"type": name, "value": value, **({"id": identity} if identity else {})}


def steps(*titles: str) -> dict[str, Any]:
    rows = [{"type": "item", "id": t, "value": {"title": t}} for t in titles]
    return part("steps", {"title": "", "intro": "", "steps": rows}, "steps")


def compare(old: list, new: list) -> tuple[Item, ...]:
    return Comparer(Names()).bodies(BODY, old, new)


def said(changes: tuple[Change, ...]) -> str:
    """Everything that changes show, in one text."""
    pieces = []
    for one in changes:
        pieces.append(one.label)
        pieces += [f"<{s.mark.value}>{s.text}" for s in one.spans]
        pieces.append(said(one.changes))
        pieces += [f"{i.state.value} {i.title} {said(i.changes)}" for i in one.items]
    return " ".join(pieces)


def example(name: str) -> dict[str, Any]:
    block = LIBRARY[name]
    return part(name, block.get_prep_value(block.get_preview_value()), f"id-{name}")


@pytest.mark.parametrize("name", LIBRARY)
def test_every_block_compares_with_itself_and_with_nothing(name: str) -> None:
    one = example(name)
    fresh = part(name, copy.deepcopy(one["value"]))

    assert compare([one], [copy.deepcopy(one)])[0].is_unchanged
    assert compare([one], [fresh])[0].is_unchanged
    (added,) = compare([], [one])
    (removed,) = compare([one], [])
    assert (added.state, removed.state) == (State.ADDED, State.REMOVED)
    # A picture or a file is a number here, and stands for nothing that this reader may be told.
    if name not in ("image", "file"):
        assert added.changes
        assert removed.changes


# What is measured here is the result; a busy machine is no fault.
calm = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
bodies = st.lists(st.sampled_from(sorted(LIBRARY)).map(example), max_size=6)


@calm
@given(bodies, bodies)
def test_every_part_of_both_versions_is_accounted_for(old: list, new: list) -> None:
    items = compare(old, new)

    assert sorted(i.old_place for i in items if i.old_place) == list(range(1, len(old) + 1))
    assert [i.new_place for i in items if i.new_place] == list(range(1, len(new) + 1))
    for item in items:
        if item.state == State.SAME:
            before, after = old[item.old_place - 1], new[item.new_place - 1]
            assert before["type"] == after["type"]
            assert without_ids(before["value"]) == without_ids(after["value"])


@calm
@given(bodies)
def test_a_body_does_not_differ_from_itself(body: list) -> None:
    items = compare(body, copy.deepcopy(body))

    assert Comparison((), items).is_empty
    assert summary.note(Comparison((), items)) == ""


def test_a_paragraph_shows_its_words_and_never_its_markup() -> None:
    (item,) = compare(
        [part("paragraph", "<p>Call the <b>duty manager</b> now.</p>", "1")],
        [part("paragraph", "<p>Call the <b>incident lead</b> now.</p>", "1")],
    )

    assert said(item.changes).split("<", 1)[1] == (
        "same>Call the  <removed>duty manager <added>incident lead <same> now. "
    )


def test_what_a_form_leaves_in_texts_that_nobody_touched_is_no_change() -> None:
    imported = part("paragraph", "<p>Read it first.</p>", "a")
    saved = part("paragraph", '<p data-block-key="kkw8q">Read it first.</p>', "a")
    typed = part("code", {"source": "one\ntwo", "language": "bash"}, "b")
    sent = part("code", {"source": "one\r\ntwo", "language": "bash"}, "b")

    assert all(item.is_unchanged for item in compare([imported, typed], [saved, sent]))
    assert without_ids(imported) == without_ids(saved)


def test_quotes_are_the_same_however_they_are_written_but_not_in_code() -> None:
    imported = part("paragraph", "<p>It&#x27;s &quot;small&quot; &lt;b&gt;.</p>", "a")
    saved = part("paragraph", '<p data-block-key="kkw8q">It\'s "small" &lt;b&gt;.</p>', "a")
    written = part("code", {"source": "echo &quot;", "language": "bash"}, "b")
    mended = part("code", {"source": 'echo "', "language": "bash"}, "b")

    text, code = compare([imported, written], [saved, mended])

    assert text.is_unchanged
    assert not code.is_unchanged
    assert without_ids(imported) == without_ids(saved)


def test_an_emphasis_alone_is_said_to_be_one() -> None:
    (item,) = compare(
        [part("paragraph", "<p>Now.</p>", "1")], [part("paragraph", "<p><b>Now.</b></p>", "1")]
    )

    assert [one.form_only for one in item.changes] == [True]


def test_only_the_children_that_changed_are_shown() -> None:
    old, new = steps("Stop", "Look"), steps("Stop", "Look")
    new["value"]["steps"][1]["value"] = {"title": "Look", "outcome": "All is seen"}

    (item,) = compare([old], [new])

    (rows,) = item.changes
    assert [(one.state.value, one.title) for one in rows.items] == [
        ("same", "Stop"),
        ("changed", "Look"),
    ]
    assert said(rows.items[1].changes).strip() == "Outcome <added>All is seen"
    assert rows.runs[0] == Unchanged(1)


def test_rows_that_change_places_are_moved_and_not_rewritten() -> None:
    (item,) = compare([steps("A", "B", "C", "D")], [steps("B", "C", "D", "A")])

    (rows,) = item.changes
    assert [(one.title, one.old_place, one.new_place) for one in rows.items if one.moved] == [
        ("A", 1, 4)
    ]
    assert {one.state for one in rows.items} == {State.SAME}


def test_a_part_moves_with_what_is_changed_in_it() -> None:
    one, two, three = (part("paragraph", f"<p>Text {n} of it.</p>", n) for n in "123")
    other = part("paragraph", "<p>Text 1 of that.</p>", "1")

    items = compare([one, two, three], [two, three, other])

    (moved,) = [item for item in items if item.moved]
    assert (moved.state, moved.old_place, moved.new_place) == (State.CHANGED, 1, 3)


def test_a_child_that_older_versions_lack_is_no_change() -> None:
    old = part("steps", {"steps": [{"title": "Stop"}]}, "1")
    new = part("steps", {"title": "", "intro": "", "steps": [{"title": "Stop", "input": ""}]}, "1")

    assert compare([old], [new])[0].is_unchanged


def test_a_page_is_named_only_to_who_may_see_it() -> None:
    def links(pk: int) -> dict[str, Any]:
        return part("related", {"links": [{"type": "item", "id": "x", "value": {"page": pk}}]}, "1")

    assert "The handbook" in said(compare([links(1)], [links(2)])[0].changes)
    assert compare([links(8)], [links(9)])[0].is_unchanged


def test_a_number_is_the_same_as_text_and_as_a_number() -> None:
    value = example("metrics")["value"]
    text = copy.deepcopy(value)
    for row in text["metrics"]:
        inner = row.get("value", row)
        for key, one in inner.items():
            if isinstance(one, Decimal):
                inner[key] = str(one)

    assert compare([part("metrics", value, "1")], [part("metrics", text, "1")])[0].is_unchanged


def table(*rows: list[str], columns: tuple[str, ...] = ("Who", "What")) -> dict[str, Any]:
    value = {
        "columns": [{"type": "text", "heading": one} for one in columns],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }
    return part("table", value, "1")


def test_rows_of_a_table_are_aligned() -> None:
    (item,) = compare(
        [table(["Ann", "Calls the customer"], ["Bob", "Writes it down"])],
        [table(["Cem", "Waits"], ["Ann", "Calls the supplier"], ["Bob", "Writes it down"])],
    )

    text = said(item.changes)
    assert "added Cem" in text
    assert "changed Ann What <same>Calls the  <removed>customer <added>supplier" in text
    assert "same Bob" in text


class TestNote:
    def test_names_rows_parts_and_fields(self) -> None:
        items = compare(
            [steps("Stop"), part("paragraph", "<p>Old words here.</p>", "p")],
            [steps("Stop", "Look", "Listen"), part("paragraph", "<p>New words here.</p>", "p")],
        )
        owner = Change("Owner")

        assert summary.note(Comparison((owner,), items)) == (
            "Steps: 2 added; “Text” changed; owner changed."
        )

    def test_is_cut_between_two_statements(self) -> None:
        fields = tuple(Change(f"A rather long field {n}") for n in range(40))

        note = summary.note(Comparison(fields, ()))

        assert len(note) <= 300
        assert note.endswith(" more.")

    def test_work_that_comes_or_goes_is_major(self) -> None:
        assert summary.is_major(Comparison((), compare([steps("A")], [steps("A", "B")])))
        assert summary.is_major(Comparison((), compare([], [steps("A")])))
        words = [part("paragraph", "<p>One.</p>", "1")], [part("paragraph", "<p>Two.</p>", "1")]
        assert not summary.is_major(Comparison((), compare(*words)))
