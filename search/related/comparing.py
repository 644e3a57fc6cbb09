"""Finds who is near whom. Everything here may be run twice, late or again from the start.

Two artifacts are as near as what they share: for each word or term the product of its weights,
times how rare it is, twice. What nearly every artifact has brings nobody together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from django.core.cache import cache
from django.db import transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    QuerySet,
    Sum,
    Value,
    When,
)

from knowledge.catalog.kinds import Kind
from knowledge.catalog.services import freshness
from search.indexing.entries import batches
from search.models import SearchEntry
from search.related import traits
from search.related.models import Neighbour, Portrait, Trait

# More than a page shows: some of them a reader may not see, others are retired meanwhile.
KEPT = 30
# Below this two artifacts share but words that happen to be in both; a shared tool or topic is
# enough by itself, however many have it.
NEAR = 0.06
ENOUGH = ("tool", "tag")
# So many rows are read to compare one artifact: its weightiest traits come first, and what has no
# room is in so many artifacts that it tells little.
ROWS = 20_000
# So many are compared together; what is done is kept when a run is cut off.
AT_ONCE = 1000
LOCK = "search.related.comparing"
LOCK_SECONDS = 300
# Nobody is led to a single answer; it is compared to lead on from it.
NO_NEIGHBOURS = (Kind.FAQ,)


@dataclass(frozen=True, slots=True)
class Near:
    other_id: int
    score: float
    shared: tuple[str, ...]


def catch_up() -> int:
    """Compare what has changed since it was last compared; how many artifacts that were.

    Whoever comes while another is at it leaves it to that one, who looks again before the end.
    """
    if not cache.add(LOCK, 1, LOCK_SECONDS):
        return 0
    done = 0
    try:
        _forget_gone()
        while due := _changed():
            for batch in batches(due):
                _portray(batch)
            done += _compare(due)
    finally:
        cache.delete(LOCK)
    return done


def compare_all() -> int:
    """Compare everything anew: what is rare changes with the whole library."""
    catch_up()
    return _compare(Portrait.objects.order_by("pk").values_list("pk", flat=True))


def _changed() -> list[int]:
    same = Portrait.objects.filter(pk=OuterRef("pk"), digest=OuterRef("digest"))
    changed = SearchEntry.objects.filter(~Exists(same), page__live=True).order_by("pk")
    return list(changed.values_list("pk", flat=True)[:AT_ONCE])


def _forget_gone() -> None:
    """Artifacts that are not live any more have no text to compare."""
    alive = SearchEntry.objects.filter(pk=OuterRef("pk"))
    gone = list(Portrait.objects.filter(~Exists(alive)).values_list("pk", flat=True))
    if not gone:
        return
    with transaction.atomic():
        Trait.objects.filter(page__in=gone).delete()
        Neighbour.objects.filter(page__in=gone).delete()
        Neighbour.objects.filter(other__in=gone).delete()
        Portrait.objects.filter(pk__in=gone).delete()


def _entries(page_ids: Sequence[int]) -> QuerySet[SearchEntry]:
    """Without the text of the body, which is most of an entry."""
    columns = ("title", "bottom_line", "headings", "codes", "digest", "page__kind")
    return SearchEntry.objects.filter(pk__in=page_ids).select_related("page").only(*columns)


@transaction.atomic
def _portray(page_ids: Sequence[int]) -> None:
    rows = [
        Trait(page_id=entry.pk, name=name, weight=weight)
        for entry in _entries(page_ids)
        if entry.page.kind not in NO_NEIGHBOURS
        for name, weight in traits.of(entry).items()
    ]
    Trait.objects.filter(page__in=page_ids).delete()
    Trait.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def _compare(page_ids: Iterable[int]) -> int:
    """Find the neighbours of these, and make them neighbours of those."""
    compared = list(page_ids)
    among = set(compared)
    total = Trait.objects.values("page").distinct().count() if compared else 0
    changed = False
    for batch in batches(compared):
        for entry in _entries(batch):
            changed |= _settle(entry, _nearest(entry, total), among)
    if changed:
        # Pages that were shown meanwhile were kept with the neighbours of before.
        freshness.bump()
    return len(compared)


def _nearest(entry: SearchEntry, total: int) -> list[Near]:
    """Three queries, of indexed rows."""
    mine = traits.of(entry)
    spread = _spread(mine)
    worth = {name: mine[name] * _rarity(pages, total) for name, pages in spread.items()}
    asked = _within_rows(sorted(worth, key=lambda name: -worth[name]), spread)
    if not asked:
        return []
    product = Case(
        *(When(name=name, then=Value(worth[name])) for name in asked),
        default=Value(0.0),
        output_field=FloatField(),
    )
    found = (
        Trait.objects.filter(name__in=asked)
        .exclude(page=entry.pk)
        .values("page_id")
        .annotate(score=Sum(F("weight") * product))
        .order_by("-score", "page_id")[:KEPT]
    )
    scores = {row["page_id"]: row["score"] for row in found}
    terms = sorted((name for name in mine if ":" in name), key=lambda name: -worth.get(name, 0))
    shared: dict[int, set[str]] = {pk: set() for pk in scores}
    if terms:
        both = Trait.objects.filter(page__in=scores, name__in=terms)
        for page_id, name in both.values_list("page_id", "name"):
            shared[page_id].add(name)
    near = (
        Near(pk, round(score, 4), tuple(name for name in terms if name in shared[pk]))
        for pk, score in scores.items()
    )
    return [one for one in near if one.score >= NEAR or _is_enough(one.shared)]


def _is_enough(shared: Iterable[str]) -> bool:
    return any(name.partition(":")[0] in ENOUGH for name in shared)


def _spread(names: Iterable[str]) -> dict[str, int]:
    """In how many artifacts each of them is; those that are in none are left out."""
    counted = Trait.objects.filter(name__in=list(names)).values_list("name")
    return dict(counted.annotate(pages=Count("pk")).order_by())


def _rarity(pages: int, total: int) -> float:
    """From little for what all have to 1 for what one has; squared, as both sides bring it in."""
    return (log(1 + total / pages) / log(1 + total)) ** 2


def _within_rows(names: Sequence[str], spread: Mapping[str, int]) -> list[str]:
    rows = accumulate(spread[name] for name in names)
    # The first has room, however many have it: better one common trait than none.
    return [
        name
        for place, (name, read) in enumerate(zip(names, rows, strict=True))
        if not place or read <= ROWS
    ]


@transaction.atomic
def _settle(entry: SearchEntry, near: Sequence[Near], among: set[int]) -> bool:
    """Keep the neighbours of one; whether they differ from those of before.

    Those that are compared in the same run find this one by themselves.
    """
    page_id = entry.pk
    columns = ("other_id", "score", "shared")
    before = set(Neighbour.objects.filter(page=page_id).values_list(*columns))
    after = {(one.other_id, one.score, " ".join(one.shared)) for one in near}
    Portrait.objects.update_or_create(pk=page_id, defaults={"digest": entry.digest})
    if before == after:
        return False
    rows = [Neighbour(page_id=page_id, **dict(zip(columns, row, strict=True))) for row in after]
    if entry.page.kind not in NO_NEIGHBOURS:
        back = Neighbour.objects.filter(other=page_id).values_list("pk", "page_id")
        stale = [pk for pk, other_id in back if other_id not in among]
        Neighbour.objects.filter(pk__in=stale).delete()
        rows += [
            Neighbour(page_id=other_id, other_id=page_id, score=score, shared=shared)
            for other_id, score, shared in after
            if other_id not in among
        ]
    Neighbour.objects.filter(page=page_id).delete()
    Neighbour.objects.bulk_create(rows, ignore_conflicts=True)
    return True
