"""Fusing loses nothing of what either list had, and keeps its own order for ever."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import EngineHit, Near
from search.language.text import parse
from search.querying.fusing import fused, is_enough, least_by_words

scores = st.floats(0, 100, allow_nan=False)
shares = st.floats(0, 1, allow_nan=False)
hits = st.lists(
    st.builds(EngineHit, st.integers(1, 50), scores, shares), unique_by=lambda hit: hit.id
)
nears = st.dictionaries(st.integers(1, 50), shares).map(
    lambda found: {pk: Near(pk, cosine, 0, 10) for pk, cosine in found.items()}
)


@given(hits, nears, st.lists(st.integers(1, 50), max_size=3, unique=True))
def test_nothing_is_lost_and_what_editors_put_first_is_first(found, near, first):
    ordered = fused(found, near, first)
    assert {hit.id for hit in ordered} == {hit.id for hit in found}
    there = [pk for pk in first if pk in {hit.id for hit in found}]
    assert [hit.id for hit in ordered][: len(there)] == there
    assert fused(list(reversed(found)), near, first) == ordered


def test_without_meaning_the_words_decide():
    found = [EngineHit(1, 5.0, 1.0), EngineHit(2, 9.0, 1.0), EngineHit(3, 7.0, 1.0)]
    assert [hit.id for hit in fused(found, {}, ())] == [2, 3, 1]


def test_an_exact_title_stays_before_a_passage_that_means_much_the_same():
    words, meaning = EngineHit(1, 60.0, 1.0), EngineHit(2, 0.0, 0.0)
    near = {1: Near(1, 0.5, 0, 10), 2: Near(2, 0.65, 0, 10)}
    assert fused([meaning, words], near, ())[0] == words


def test_a_passage_that_means_it_comes_before_half_of_the_words():
    half, meaning = EngineHit(1, 10.0, 0.5), EngineHit(2, 0.0, 0.0)
    near = {2: Near(2, 0.6, 0, 10)}
    assert fused([half, meaning], near, ())[0] == meaning


def test_what_says_it_comes_before_what_says_something_like_it():
    like_it, says_it = EngineHit(1, 10.0, 0.7), EngineHit(2, 9.0, 0.7)
    near = {1: Near(1, 0.62, 0, 10), 2: Near(2, 0.75, 0, 10)}
    assert fused([like_it, says_it], near, ())[0] == says_it


def test_a_single_word_that_no_text_has_finds_nothing_by_its_sound():
    sounds_like_it = Near(1, 0.55, 0, 10)
    assert not is_enough(sounds_like_it, parse("zephyrquill"))
    assert is_enough(sounds_like_it, parse("staying calm under fire"))


def test_a_single_word_of_the_library_finds_what_means_it():
    means_it, far = Near(1, 0.5, 0, 10), Near(2, 0.3, 0, 10)
    text = parse("tenancy")
    assert is_enough(means_it, text, is_spoken_of=True)
    assert not is_enough(means_it, text)
    assert not is_enough(far, text, is_spoken_of=True)


def test_half_of_the_words_is_not_enough_when_nothing_means_it():
    far, close = Near(1, 0.2, 0, 10), Near(2, 0.5, 0, 10)
    assert least_by_words([far]) > 0.5
    assert least_by_words([far, close]) == 0
    assert least_by_words([]) == 0
