"""What a question means, for the web process: from the cache, or from the encoder, or not at all.

The encoder is a process of its own (``manage.py encode_queries``): the weights would fill every web
process. They meet in Redis: a list of questions, an answer under the digest of each. A question is
computed once in its life. Without an encoder that shows signs of life nobody waits for one.
"""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from struct import error as StructError
from typing import cast

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from search.meaning import encoder, vectors

log = logging.getLogger(__name__)
_away: dict[str, float] = {}  # address of a Redis that did not answer -> when to ask it again

WAIT_SECONDS = 0.3
# Longer than a reader waits for an answer, and shorter than the encoder waits for a question.
READER_SECONDS, ENCODER_SECONDS = 0.5, 2.0
PAUSE_SECONDS = 5
ALIVE_SECONDS = 5
KEEP_SECONDS = 30 * 24 * 3600
BETWEEN = "\n"  # two ways to say the same
# More are not waited for by anybody any more.
MOST_WAITING = 100
MODEL = "minilm-l6-v2-1"  # part of every key: another model has other vectors


def vector_of(*sayings: str) -> list[float] | None:
    """What all these ways to say it mean together.

    None when there is no answer within 0.3 s; then the words alone decide.
    """
    said = (" ".join(one.lower().split()) for one in sayings)
    question = BETWEEN.join(dict.fromkeys(one for one in said if one))
    if not settings.SEARCH_VECTORS_ENABLED or not question:
        return None
    if settings.SEARCH_ENCODER_INLINE:
        return _computed(question) if encoder.is_installed() else None
    if time.monotonic() < _away.get(settings.REDIS_URL, 0.0):
        return None
    try:
        return _asked(question)
    except RedisError as failure:
        # One waits in vain, not everybody.
        _away[settings.REDIS_URL] = time.monotonic() + PAUSE_SECONDS
        log.warning("search.meaning.unanswered: %s", failure)
        return None


def answer_forever(*, stop: Callable[[], bool] = lambda: False) -> None:
    """The encoder's life: take a question, leave its vector. May run more than once beside itself.

    Raises:
        ImportError: the packages of requirements/meaning.txt are missing.
        redis.RedisError: Redis is away; whoever started this starts it again.
    """
    encoder.encode(["warm"])
    redis = _client(settings.REDIS_URL, ENCODER_SECONDS)
    while not stop():
        redis.set(_key("alive"), 1, ex=ALIVE_SECONDS)
        taken = redis.brpop([_key("questions")], timeout=1)
        if taken:
            _answer(redis, cast(bytes, taken[1]).decode())


def is_alive() -> bool:
    """Whether an encoder is there.

    Raises:
        redis.RedisError: Redis is away.
    """
    return bool(_redis().exists(_key("alive")))


def _asked(question: str) -> list[float] | None:
    redis = _redis()
    name = _answer_key(question)
    raw = redis.get(name)
    if raw is None:
        if not is_alive():
            return None
        _put(redis, question)
        # The answer is announced on a list of its own, and lies under its key for everybody.
        announced = redis.blpop([f"{name}:new"], timeout=WAIT_SECONDS)
        raw = announced[1] if announced else redis.get(name)
    try:
        return vectors.unpacked(cast(bytes, raw)) if raw else None
    except StructError:
        return None


def _put(redis: Redis, question: str) -> None:
    with redis.pipeline() as together:
        together.lpush(_key("questions"), question)
        together.ltrim(_key("questions"), 0, MOST_WAITING - 1)
        together.execute()


def _answer(redis: Redis, question: str) -> None:
    name = _answer_key(question)
    raw = redis.get(name) or vectors.packed(_computed(question))
    with redis.pipeline() as together:
        together.set(name, raw, ex=KEEP_SECONDS)
        together.lpush(f"{name}:new", raw)
        together.expire(f"{name}:new", 2)
        together.execute()


def _computed(question: str) -> list[float]:
    return vectors.middle(encoder.encode(question.split(BETWEEN)))


def _answer_key(question: str) -> str:
    return _key(f"answer:{sha256(question.encode()).hexdigest()[:32]}")


def _key(name: str) -> str:
    return f"{settings.SEARCH_INDEX_PREFIX}:meaning:{MODEL}:{name}"


@lru_cache(maxsize=4)
def _client(url: str, seconds: float) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=seconds)


def _redis() -> Redis:
    return _client(settings.REDIS_URL, READER_SECONDS)
