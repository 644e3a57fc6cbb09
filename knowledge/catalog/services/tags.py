"""Merging tags: every artifact and every old address survive."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Tag, TaggedArtifact
from knowledge.catalog.services import freshness
from knowledge.catalog.signals import tags_changed


@transaction.atomic
def merge(*, source: Tag, into: Tag, by: Any) -> Tag:
    """Move all artifacts of ``source`` to ``into``; the address of ``source`` leads there from now.

    Raises:
        PermissionDenied: ``by`` may not change tags.
        KnowledgeError: the tags are the same, or ``into`` is itself merged away.
    """
    if not by.has_perm("catalog.change_tag"):
        raise PermissionDenied("This person may not merge tags.")
    if source.pk == into.pk or into.merged_into_id:
        raise KnowledgeError("Choose another tag that is still in use.")
    have = set(into.tagged_artifacts.values_list("content_object_id", flat=True))
    moving = list(source.tagged_artifacts.values_list("content_object_id", flat=True))
    source.tagged_artifacts.filter(content_object_id__in=have).delete()
    TaggedArtifact.objects.filter(tag=source).update(tag=into)
    Tag.objects.filter(merged_into=source).update(merged_into=into)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    freshness.bump()
    tags_changed.send(sender=Tag, artifact_ids=moving)
    return into
