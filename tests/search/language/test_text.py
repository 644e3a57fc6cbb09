"""Whatever is typed becomes bounded, plain words."""

from hypothesis import given
from hypothesis import strategies as st

from search.language.text import MAX_CHARS, MAX_WORDS, clean, parse, typed_words


def words(raw: str) -> list[str]:
    return [term.text for term in parse(raw).wanted]


@given(st.text())
def test_any_text_is_parsed_into_bounded_words(raw):
    text = parse(raw)
    assert len(text.shown) <= MAX_CHARS
    assert len(text.wanted) + len(text.excluded) <= MAX_WORDS
    assert all(any(char.isalnum() for char in term.text) for term in text.wanted)
    assert "\x00" not in text.shown
    text.shown.encode()


@given(st.text())
def test_what_is_shown_is_parsed_to_the_same(raw):
    assert parse(parse(raw).shown) == parse(raw)
    assert clean(clean(raw)) == clean(raw)


def test_operators_are_not_words():
    assert words('"((') == []
    assert words("AND OR *") == [] or words("AND OR *") == ["and", "or"]
    assert words("!!! ??? ---") == []


def test_stop_words_are_left_out_unless_there_is_nothing_else():
    assert words("How do I escalate?") == ["escalate"]
    assert words("how to") == ["how", "to"]


def test_phrases_and_exclusions():
    text = parse('"on call" rota -weekend')
    assert [(term.text, term.phrase) for term in text.wanted] == [
        ("on call", True),
        ("rota", False),
    ]
    assert [term.text for term in text.excluded] == ["weekend"]
    assert parse("-weekend").wanted == ()
    assert parse("-weekend").excluded == ()
    assert words("re-deploy -1 +x") == ["re-deploy", "1", "x"]


def test_an_open_quote_is_closed():
    assert [(term.text, term.phrase) for term in parse('"on call').wanted] == [("on call", True)]


def test_direction_marks_and_wide_letters_are_normalised():
    assert clean("\u202eroll\u200bback\x00") == "rollback"
    assert clean("ＲＯＬＬ") == "ROLL"


def test_long_queries_are_cut():
    assert len(words("word " * 500)) == MAX_WORDS
    assert len(words("x" * 10_000)[0]) == MAX_CHARS


def test_what_is_being_typed():
    assert typed_words(" On-call ha") == ("on", "call", "ha")
    assert typed_words("%_\\") == ()
