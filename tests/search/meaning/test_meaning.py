"""Search by meaning, with the real model: found without a common word, seen only by who may."""

import secrets
import threading
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.catalog.permissions import Access, access_for
from search import tasks
from search.engines.base import Ask
from search.engines.elastic.engine import ElasticsearchEngine
from search.indexing import computing, documents
from search.language.text import parse
from search.language.understanding import understand
from search.meaning import asking, encoder, vectors
from search.meaning.passages import MOST_CHARS, pieces
from search.models import OutboxRow, SearchEntry, SearchPassage
from search.querying import service
from tests.factories import close, group, person
from tests.search.helpers import artifact, find, titles

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not encoder.is_installed(), reason="requirements/meaning.txt"),
]


@pytest.fixture
def meaning(settings):
    settings.SEARCH_VECTORS_ENABLED = True
    settings.SEARCH_ENCODER_INLINE = True
    # The first search by vectors of a node under load may take longer than a reader would wait.
    settings.SEARCH_TIMEOUT_SECONDS = 10.0


def test_an_artifact_is_found_by_what_it_means(meaning, shared_node):
    artifact("Time off", bottom_line="Ask for your holidays here.", text="Days of leave, approved.")
    artifact("Databases", bottom_line="How we index tables.", text="B-trees and their pages.")
    assert computing.compute() == 2
    shared_node.catch_up()
    found = find("q=going+on+vacation")
    assert [hit.card.title for hit in found.hits] == ["Time off"]
    assert found.count == 1
    assert {option.value: option.count for option in found.facets[0].options} == {"guide": 1}


def test_a_closed_artifact_takes_no_place_among_the_nearest(meaning, shared_node):
    page = artifact("Time off", bottom_line="Ask for your holidays here.")
    close(page, group("Board"))
    computing.compute()
    shared_node.catch_up()
    assert find("q=going+on+vacation", access_for(AnonymousUser())).count == 0
    assert find("q=going+on+vacation", access_for(person("Board"))).count == 1


def test_quotes_ask_for_the_words_alone(meaning, shared_node):
    artifact("Time off", bottom_line="Ask for your holidays here.")
    computing.compute()
    shared_node.catch_up()
    assert titles('q="going+on+vacation"') == []


def test_a_long_text_is_near_to_what_all_of_it_means_together(meaning, shared_node):
    text = "Your days of holiday are approved by the lead. " * 50
    page = artifact("Time off", bottom_line="Ask for your holidays here.", text=text)
    short = artifact("Sick", text="Call in before nine.")
    computing.compute()
    whole = documents.passages_of([page.pk, short.pk])
    *parts, together = whole[page.pk]
    middle = vectors.middle([one["vector"] for one in parts])
    assert together["vector"] == pytest.approx(middle, abs=0.001)
    # What is shown is a piece that somebody can read.
    shared_node.catch_up()
    [hit] = find("q=going+on+vacation").hits
    assert "days of holiday" in hit.passages[0]


def test_two_ways_to_say_it_are_understood_together(meaning):
    both = asking.vector_of("Where is the key to the house", "key  house")
    one, other = encoder.encode(["where is the key to the house", "key house"])
    assert both == pytest.approx(vectors.middle([one, other]), abs=0.001)
    assert asking.vector_of("key", "Key") == pytest.approx(asking.vector_of("key"), abs=0.001)


def test_only_what_was_rewritten_is_computed_again(meaning, monkeypatch):
    page = artifact("Time off", text="Days of leave, approved by the one who leads the team.")
    computing.compute()
    before = {one.digest: bytes(one.vector) for one in SearchPassage.objects.all()}
    page.bottom_line = "Something else altogether."
    page.save()
    texts: list[str] = []
    real = encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda some: texts.extend(some) or real(some))
    assert computing.compute() == 1
    assert texts == ["Time off. Something else altogether."]
    assert before.keys() & set(SearchPassage.objects.values_list("digest", flat=True))
    assert computing.compute() == 0


def test_a_round_of_the_worker_ends_in_time_and_tells_what_it_has_done(meaning, shared_node):
    """What waits longer is out of date, and search would be left to the database meanwhile."""
    for title in ("One", "Two", "Three"):
        artifact(title)
    shared_node.catch_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "MEANT_SECONDS", 0)
        tasks.compute_meaning()
    assert computing.due() == 2
    assert not OutboxRow.objects.exists()
    tasks.compute_meaning()
    assert computing.due() == 0
    assert not OutboxRow.objects.exists()


def test_pieces_cover_the_whole_text_and_are_bounded():
    page = artifact("Long", text="A sentence of some words that goes on. " * 100)
    entry = SearchEntry.objects.get(pk=page.pk)
    found = pieces(entry)
    assert found[0].text.startswith("Long.")
    assert all(one.end - one.start <= MOST_CHARS for one in found)
    covered = "".join(entry.body[one.start : one.end] for one in found)
    assert covered.strip() == entry.body.strip()


def test_vectors_survive_being_kept():
    [vector] = encoder.encode(["Whom do I call?"])
    kept = vectors.unpacked(vectors.packed(vector))
    assert sum(left * right for left, right in zip(vector, kept, strict=True)) == pytest.approx(
        1, abs=0.001
    )


def test_the_order_of_texts_is_kept_whatever_their_length():
    texts = ["short", "a much longer text about incidents and their review", "mid size text"]
    together = encoder.encode(texts)
    alone = [encoder.encode([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_a_question_is_answered_by_the_encoder_process_and_kept(settings):
    settings.SEARCH_VECTORS_ENABLED = True
    # Answers are kept for a month: one that nobody has asked before.
    question = f"Whom do I call {secrets.token_hex(4)}"
    assert asking.vector_of(question) is None  # nobody shows signs of life
    done = threading.Event()
    thread = threading.Thread(target=asking.answer_forever, kwargs={"stop": done.is_set})
    thread.start()
    try:
        found = next(
            answer
            for _attempt in range(100)
            if (answer := asking.vector_of(question)) or done.wait(0.1)
        )
    finally:
        done.set()
        thread.join(10)
    [expected] = encoder.encode([question.lower()])
    assert found == pytest.approx(expected, abs=0.01)
    assert asking.vector_of(question.upper()) == found  # from Redis, without the encoder


def test_nobody_waits_when_redis_is_away(settings):
    settings.SEARCH_VECTORS_ENABLED = True
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert asking.vector_of("Whom do I call?") is None


def test_the_beginning_of_a_word_or_a_guess_at_one_is_not_spoken_of(meaning, shared_node):
    """It is asked how near in meaning is near enough: more of what nobody wrote."""
    artifact("Rollback")
    shared_node.catch_up()

    def is_spoken_of(typed):
        ask = Ask(understand(parse(typed)), Access(), date.today(), "relevance", 0, 1, ())
        return service._is_spoken_of(ElasticsearchEngine(), ask)

    assert is_spoken_of("rollback")
    assert not is_spoken_of("rollba")
    assert not is_spoken_of("rollbakc")


def test_a_word_that_only_closed_pages_have_is_no_nearer_than_one_that_nobody_wrote(
    meaning, shared_node
):
    """Else what is shown for it would tell that somebody writes about it."""
    artifact("Time off", bottom_line="Ask for your holidays here.")
    closed = artifact("Vacation", bottom_line="Nobody may take a vacation this year.")
    close(closed, group("Board"))
    computing.compute()
    shared_node.catch_up()
    assert find("q=vacation", access_for(AnonymousUser())).count == 0
    assert find("q=vacation", access_for(person("Board"))).count == 2
    artifact("Elsewhere", text="Somebody is on vacation.", slug="elsewhere")
    computing.compute()
    shared_node.catch_up()
    seen = find("q=vacation&kind=guide", access_for(AnonymousUser()))
    assert sorted(hit.card.title for hit in seen.hits) == ["Elsewhere", "Time off"]
