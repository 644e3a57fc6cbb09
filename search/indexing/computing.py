"""Gives every entry the vectors of its passages, behind the scenes.

An entry remembers the digest that it had when its passages were computed: what differs is due. So
the work may stop anywhere, run twice, or be late; and a piece that did not change keeps its vector.
"""

import math
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import F

from search.indexing import outbox
from search.meaning import encoder, vectors
from search.meaning.passages import pieces
from search.models import SearchEntry, SearchPassage

BATCH = 16


def is_used() -> bool:
    return bool(settings.SEARCH_VECTORS_ENABLED) and encoder.is_installed()


def due() -> int:
    return _due().count()


def compute(*, seconds: float = math.inf, progress: Callable[[int], None] | None = None) -> int:
    """Compute what is due, newest first; how many entries. Some 80 ms of one core for a passage.

    Ends with the first entry that is done after so many seconds.
    """
    done, until = 0, time.monotonic() + seconds
    for entry in _newest_due():
        _compute(entry)
        done += 1
        if progress and done % BATCH == 0:
            progress(done)
        if time.monotonic() >= until:
            break
    return done


def _newest_due() -> Iterator[SearchEntry]:
    while entries := list(_due().order_by("-page_id")[:BATCH]):
        yield from entries


def _due():  # type: ignore[no-untyped-def]  # a queryset
    return SearchEntry.objects.filter(page__live=True).exclude(meant=F("digest"))


def _compute(entry: SearchEntry) -> None:
    wanted = pieces(entry)
    known = {
        one.digest: bytes(one.vector) for one in SearchPassage.objects.filter(page=entry.page_id)
    }
    new = [piece for piece in wanted if piece.digest not in known]
    # Outside of the transaction: nobody waits for arithmetic.
    found = encoder.encode([piece.text for piece in new]) if new else []
    known |= {
        piece.digest: vectors.packed(vector) for piece, vector in zip(new, found, strict=True)
    }
    rows = [
        SearchPassage(
            page_id=entry.page_id,
            start=piece.start,
            end=piece.end,
            digest=piece.digest,
            vector=known[piece.digest],
        )
        for piece in wanted
    ]
    with transaction.atomic():
        # When the entry was rewritten meanwhile, its digest is another one: it is due again.
        fresh = SearchEntry.objects.filter(pk=entry.pk, digest=entry.digest)
        if not fresh.update(meant=entry.digest):
            return
        SearchPassage.objects.filter(page=entry.page_id).delete()
        SearchPassage.objects.bulk_create(rows)
        outbox.note([entry.page_id])
