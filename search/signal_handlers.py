"""Follows what happens to pages and vocabularies, inside the transaction in which it happens.

Saving is followed by Django's own ``post_save`` and not by ``page_published``: Wagtail sends the
latter after the transaction of ``Page.save``. When ``post_save`` comes, relations may not be in the
database yet, but they are on the instance, which is what the document is built from.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from knowledge.catalog.models import Artifact, Audience, Industry, Region, Tag, Tool
from knowledge.catalog.signals import artifact_changed, tags_changed
from search.indexing import documents, entries, outbox
from search.indexing.eligibility import eligible
from search.models import SearchEntry

# Columns that are read from the page itself when it is searched or sent.
_STANDING = frozenset(
    [
        "path",
        "url_path",
        "last_reviewed",
        "next_review",
        "superseded_by",
        "archived_at",
        "last_published_at",
    ]
)
_CONTENT = frozenset(
    [
        "live",
        "title",
        "bottom_line",
        "kind",
        "maturity",
        "risk_tolerance",
        "team_scale",
        "effort_minutes",
        "body",
    ]
)


def connect() -> None:
    """Called once when the app is ready."""
    pre_save.connect(_saving, dispatch_uid="search.saving")
    post_save.connect(_saved, dispatch_uid="search.saved")
    pre_delete.connect(_deleting, sender=Artifact, dispatch_uid="search.deleting")
    post_delete.connect(_entry_deleted, sender=SearchEntry, dispatch_uid="search.entry_deleted")
    post_page_move.connect(_moved, dispatch_uid="search.moved")
    tags_changed.connect(_terms_changed, dispatch_uid="search.terms_changed")
    artifact_changed.connect(_standing_changed, dispatch_uid="search.standing_changed")
    for model in (Audience, Industry, Region, Tag, Tool):
        name = model._meta.model_name
        post_save.connect(_term_saved, sender=model, dispatch_uid=f"search.saved.{name}")
        pre_delete.connect(_term_deleting, sender=model, dispatch_uid=f"search.deleting.{name}")
        post_delete.connect(_term_deleted, sender=model, dispatch_uid=f"search.deleted.{name}")


def _saving(instance: Any, *, raw: bool = False, **_: Any) -> None:
    """Keep the address that a section has until now: only here is it known."""
    if raw or not isinstance(instance, Page) or isinstance(instance, Artifact):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True)
    instance._search_address = before.first() if instance.pk and outbox.is_used() else None


def _saved(
    instance: Any, *, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    if raw or not isinstance(instance, Page):
        return
    if update_fields is not None:
        _columns_saved(instance, frozenset(update_fields))
        return
    artifact = documents.specific(instance)
    if artifact is None:
        if instance.url_path != instance._search_address:
            # With its own address those of all below have changed.
            outbox.note(_below([instance.path]))
    elif artifact.live:
        entries.keep(artifact)
    else:
        entries.drop([artifact.pk])


def _columns_saved(page: Page, columns: frozenset[str]) -> None:
    """Only some columns were written: the rest of the instance may be an unpublished draft."""
    if columns & _CONTENT:
        entries.rewrite([page.pk])
    if columns & _STANDING:
        outbox.note(_below([page.path]))


def _deleting(instance: Artifact, **_: Any) -> None:
    # The database clears their "superseded by" without a signal.
    outbox.note(eligible().filter(superseded_by=instance.pk).values_list("pk", flat=True))


def _entry_deleted(instance: SearchEntry, **_: Any) -> None:
    outbox.note([instance.pk], hides=True)


def _moved(*, parent_page_before: Page, parent_page_after: Page, **_: Any) -> None:
    # Changing the order moves the neighbours along: their tree paths are numbers.
    parents = Page.objects.filter(pk__in=[parent_page_before.pk, parent_page_after.pk])
    outbox.note(_below(parents.values_list("path", flat=True)), hides=True)


def _terms_changed(artifact_ids: Iterable[int], **_: Any) -> None:
    entries.rewrite_terms(artifact_ids)


def _standing_changed(artifact_ids: Iterable[int], **_: Any) -> None:
    outbox.note(artifact_ids)


def _term_saved(instance: Any, *, created: bool, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        entries.rewrite_terms(_users_of(instance))


def _term_deleting(instance: Any, **_: Any) -> None:
    instance._search_users = _users_of(instance)


def _term_deleted(instance: Any, **_: Any) -> None:
    entries.rewrite_terms(getattr(instance, "_search_users", []))


def _users_of(term: Any) -> list[int]:
    """Ids of the artifacts that have chosen this term."""
    if isinstance(term, Tag):
        return list(term.tagged_artifacts.values_list("content_object_id", flat=True))
    return list(term.artifacts.values_list("pk", flat=True))


def _below(paths: Iterable[str]) -> list[int]:
    if not outbox.is_used():
        return []
    places = Q()
    for path in paths:
        places |= Q(path__startswith=path)
    return list(eligible().filter(places).values_list("pk", flat=True)) if places else []
