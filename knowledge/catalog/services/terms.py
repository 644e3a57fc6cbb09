"""Care for tags, tools, industries, audiences and regions: every artifact and old address survive."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.selectors.terms import uses_of
from knowledge.catalog.services import freshness
from knowledge.catalog.signals import tags_changed


@transaction.atomic
def merge(*, source: Any, into: Any, by: Any) -> Any:
    """Move all artifacts of ``source`` to ``into``; the address of ``source`` leads there from now.

    Drafts and old revisions follow when they are read (``Artifact.with_content_json``).

    Raises:
        PermissionDenied: ``by`` may not remove terms of this vocabulary.
        KnowledgeError: the terms are the same, or one of them is itself merged away.
    """
    _demand(source, by)
    if type(source) is type(into):
        _hold(source, into)
    if type(source) is not type(into) or source.pk == into.pk or into.merged_into_id:
        raise KnowledgeError(_("Choose another term that is still in use."))
    if source.merged_into_id:
        raise KnowledgeError(_("It is merged already."))
    uses = uses_of(type(source))
    have, moving = set(uses.pages(into)), uses.pages(source)
    uses.of(source).filter(**{f"{uses.page}__in": have}).delete()
    uses.of(source).update(**{uses.term: into.pk})
    earlier = type(source).objects.filter(merged_into=source)
    aliases = list(earlier.values_list("pk", flat=True))
    earlier.update(merged_into=into)
    named = _pass_on(source, into)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    data = {"into": into.name, "moved": moving, "had_both": sorted(have & set(moving))}
    log(source, "catalog.merge_term", user=by, data={**data, "aliases": aliases, "named": named})
    _announce(source, moving)
    return into


@transaction.atomic
def undo_merge(*, term: Any, by: Any) -> Any:
    """Take a term out again: it gets back the artifacts that it brought and that still have the other.

    Raises:
        PermissionDenied: ``by`` may not remove terms of this vocabulary.
        KnowledgeError: it was not merged, or nobody knows any more what it brought.
    """
    _demand(term, by)
    _hold(term)
    into = term.merged_into
    entry = (
        ModelLogEntry.objects.for_instance(term)
        .filter(action="catalog.merge_term")
        .order_by("-timestamp", "-pk")
        .first()
    )
    if into is None or entry is None:
        raise KnowledgeError(_("Nothing is known of such a merge."))
    uses = uses_of(type(term))
    still = set(uses.pages(into)) & set(entry.data["moved"])
    both = set(entry.data["had_both"])
    term.merged_into = None
    term.save(update_fields=["merged_into"])
    type(term).objects.filter(pk__in=entry.data["aliases"]).update(merged_into=term)
    for label, ids in entry.data["named"].items():
        for model, field in _naming(type(term)):
            if label == f"{model._meta.label}.{field}":
                model.objects.filter(pk__in=ids, **{field: into}).update(**{field: term})
    uses.of(into).filter(**{f"{uses.page}__in": still - both}).update(**{uses.term: term.pk})
    uses.model.objects.bulk_create(uses.rows(sorted(still & both), term))
    log(term, "catalog.undo_merge", user=by, data={"from": into.name})
    _announce(term, sorted(still))
    return term


@transaction.atomic
def rename(*, term: Any, name: str, slug: str, by: Any) -> Any:
    """Give it another name, and another address if wanted; the old address leads to the new one.

    Raises:
        PermissionDenied: ``by`` may not remove terms of this vocabulary.
        ValidationError: the name or the address is taken, or not one; keyed by field.
    """
    _demand(term, by)
    before = {"name": term.name, "slug": term.slug}
    # Back to what it was: the row that led on is not wanted any more.
    type(term).objects.filter(merged_into=term, slug=slug).delete()
    type(term).objects.filter(merged_into=term, name__iexact=name).delete()
    term.name, term.slug = name, slug
    term.full_clean()
    term.save()
    log(term, "catalog.rename_term", user=by, data={**before, "to": name})
    _announce(term, uses_of(type(term)).pages(term))
    return term


@transaction.atomic
def retire(*, term: Any, by: Any) -> Any:
    """Offer it no more to those who write; where it is used it stays.

    Raises:
        PermissionDenied: ``by`` may not remove terms of this vocabulary.
    """
    return _set_retired(term, True, by)


@transaction.atomic
def offer_again(*, term: Any, by: Any) -> Any:
    """Take back ``retire``.

    Raises:
        PermissionDenied: ``by`` may not remove terms of this vocabulary.
    """
    return _set_retired(term, False, by)


def _set_retired(term: Any, retired: bool, by: Any) -> Any:
    _demand(term, by)
    term.retired = retired
    term.save(update_fields=["retired"])
    log(term, "catalog.retire_term" if retired else "catalog.offer_term", user=by)
    freshness.bump()
    return term


def _hold(*terms: Any) -> None:
    """Lock the rows in one order, and know them as they are: somebody else may be at them, too."""
    rows = type(terms[0]).objects.select_for_update()
    list(rows.filter(pk__in=[term.pk for term in terms]).order_by("pk"))
    for term in terms:
        term.refresh_from_db(fields=["merged_into"])


def _naming(vocabulary: Any) -> list[tuple[Any, str]]:
    """What else names a term of this vocabulary: a step of a workflow that looks for a tag."""
    return [
        (relation.related_model, relation.field.name)
        for relation in vocabulary._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and relation.one_to_many
        and relation.related_model not in (vocabulary, uses_of(vocabulary).model)
    ]


def _pass_on(source: Any, into: Any) -> dict[str, list[int]]:
    """Whatever names ``source`` names ``into`` from now; which rows those were, for an undoing."""
    passed = {}
    for model, field in _naming(type(source)):
        rows = model.objects.filter(**{field: source})
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            rows.update(**{field: into})
            passed[f"{model._meta.label}.{field}"] = ids
    return passed


def _demand(term: Any, by: Any) -> None:
    # Editors add and describe tags; to move those of everybody is for administrators.
    if not by.has_perm(f"catalog.delete_{term._meta.model_name}"):
        raise PermissionDenied("This person may not look after this vocabulary.")


def _announce(term: Any, artifact_ids: list[int]) -> None:
    freshness.bump()
    tags_changed.send(sender=type(term), artifact_ids=artifact_ids)
