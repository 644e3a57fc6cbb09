"""Texts that say nearly the same."""

from knowledge.governance.similarity import near_duplicates


def titles(*texts: str) -> dict[int, str]:
    return dict(enumerate(texts))


def test_the_same_question_in_other_words_is_a_pair() -> None:
    (pair,) = near_duplicates(
        titles(
            "What is Django?",
            "Which mistakes do teams make when they first set up Django?",
            "How do we choose a database?",
            "Which mistakes do teams make when they set up Django for the first time?",
        )
    )
    assert (pair.one, pair.other) == (1, 3)
    assert 0.65 <= pair.score < 1


def test_the_topic_in_every_question_makes_no_pair() -> None:
    assert not near_duplicates(titles("What is Django?", "Who uses Django?", "Is Django fast?"))


def test_case_order_and_endings_do_not_matter() -> None:
    (pair,) = near_duplicates(
        titles("Reviewing a playbook: who?", "Who reviews playbooks?", "Where are the logs kept?")
    )
    assert pair.score == 1


def test_nothing_comes_of_nothing() -> None:
    assert near_duplicates({}) == []
    assert near_duplicates(titles("", "   ", "how is it", "is it how")) == []


def test_the_most_alike_come_first() -> None:
    pairs = near_duplicates(
        titles(
            "How long does a rollback take in production?",
            "How long does the rollback take in production today?",
            "How long does a rollback take in production?",
            "Where do invoices live?",
        )
    )
    assert pairs[0].score == 1
    assert [pair.score for pair in pairs] == sorted((p.score for p in pairs), reverse=True)
