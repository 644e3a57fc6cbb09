"""Keeps the database engine's tables, in the transaction of whoever calls.

Each function tells the outbox about the pages that it touched.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from knowledge.catalog.models import Artifact
from search.indexing import documents, outbox
from search.language import words
from search.models import SearchEntry, SearchFacet

BATCH = 200
_CONTENT = [
    *("title", "title_key", "bottom_line", "headings", "terms", "body", "spellings", "sections"),
    *("codes", "digest"),
]


@transaction.atomic
def keep(page: Artifact) -> None:
    """Write the entry of a live artifact as it is in memory; nothing when it is as before."""
    entry = documents.entry_for(page)
    known = SearchEntry.objects.filter(pk=page.pk).values_list("digest", flat=True).first()
    if known != entry.digest:
        write([entry], known={page.pk} if known else set())
    outbox.note([page.pk])


@transaction.atomic
def drop(page_ids: Iterable[int]) -> None:
    """Forget pages that are no longer live. A deleted page takes its entry along by itself."""
    gone = list(page_ids)
    SearchFacet.objects.filter(page__in=gone).delete()
    # Tells the outbox through the signal that also follows the deletion of pages.
    SearchEntry.objects.filter(page__in=gone).delete()


def rewrite(page_ids: Iterable[int], *, only_changed: bool = True) -> int:
    """Build the entries of these pages anew from the database; how many were not as they should."""
    changed = 0
    for batch in batches(page_ids):
        with transaction.atomic():
            known = _locked(batch)
            entries = [documents.entry_for(page) for page in documents.specifics(batch)]
            wrong = [
                entry
                for entry in entries
                if not only_changed or known.get(entry.pk) != entry.digest
            ]
            write(wrong, known=known)
            surplus = set(known) - {entry.pk for entry in entries}
            if surplus:
                drop(surplus)
            outbox.note([entry.pk for entry in wrong])
        changed += len(wrong) + len(surplus)
    return changed


def rewrite_terms(page_ids: Iterable[int]) -> None:
    """The same after a change of vocabulary: the bodies stay, so that it is quick for thousands."""
    for batch in batches(page_ids):
        with transaction.atomic():
            _locked(batch)
            pages = Artifact.objects.filter(pk__in=batch, live=True).prefetch_related(
                *documents.TERM_FIELDS.values()
            )
            entries = SearchEntry.objects.in_bulk(batch)
            changed = []
            for page in pages:
                entry = entries.get(page.pk)
                if entry is None:
                    continue
                terms = documents.terms_of(page)
                entry.terms = documents.names_of(page.kind, terms)
                entry.codes = documents.codes_of(page, terms)
                entry.spellings = words.spellings(
                    entry.title, [entry.bottom_line, entry.terms, entry.body]
                )
                digest = documents.digest_of(entry)
                if digest != entry.digest:
                    entry.digest = digest
                    changed.append(entry)
            write(changed, known=entries)
            outbox.note(batch)


def _locked(page_ids: Collection[int]) -> dict[int, str]:
    """Digests of the entries that are there; who publishes meanwhile writes after this, not before."""
    rows = SearchEntry.objects.select_for_update().filter(pk__in=page_ids).order_by("pk")
    return dict(rows.values_list("pk", "digest"))


def batches(page_ids: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    rest = iter(page_ids)
    while batch := list(islice(rest, size)):
        yield batch


def write(entries: Sequence[SearchEntry], known: Collection[int]) -> None:
    """Put these entries with their words and facets, for whoever tells the outbox himself.

    Args:
        known: ids of those that have an entry already.
    """
    if not entries:
        return
    words.learn(entries, {entry.pk for entry in entries} - set(known))
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["page"], update_fields=_CONTENT
    )
    SearchFacet.objects.filter(page__in=[entry.pk for entry in entries]).delete()
    SearchFacet.objects.bulk_create(
        [
            SearchFacet(page_id=entry.pk, field=field, value=value)
            for entry in entries
            for field, values in documents.facets_of(entry.codes).items()
            for value in values
        ],
        # Two that save the same page at once write the same values.
        ignore_conflicts=True,
        batch_size=2000,
    )
