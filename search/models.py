"""What the database engine reads, and what Elasticsearch has still to be told.

Entries and facets are written in the transaction that changes an artifact, so they never drift.
They hold only what comes from its content. Where it stands in the tree, whether it is live, and
its review dates are read from its own row in every query: those change without a new revision.
"""

from django.db import models
from django.utils import timezone


class SearchEntry(models.Model):
    """The searchable text of one live artifact.

    The text columns feed the full-text index of the database (``search.engines.schema``): triggers
    in SQLite, a generated column in PostgreSQL. A migration that alters this table must call
    ``schema.install`` again, because SQLite forgets the triggers of a table that is rebuilt.
    """

    page = models.OneToOneField(
        "catalog.Artifact", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    title = models.TextField()
    # Words of the title in lower case, each after a space: " on call handover".
    title_key = models.TextField()
    bottom_line = models.TextField()
    headings = models.TextField()  # one a line
    terms = models.TextField()  # names of tags, tools, industries, audiences; one a line
    body = models.TextField()
    # All it can be filtered by, as "field:value" words: "kind:guide tag:rota tag:nights".
    codes = models.TextField()
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title


class SearchFacet(models.Model):
    """One value that an artifact can be filtered by: finds artifacts by it (codes count them)."""

    page = models.ForeignKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    field = models.CharField(max_length=12)
    value = models.CharField(max_length=100)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "field", "value"], name="search_facet_once")
        ]
        indexes = [models.Index(fields=["field", "value", "page"], name="search_facet_value")]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class OutboxRow(models.Model):
    """A page that Elasticsearch must look at again. Written with the change, deleted when sent.

    Rows are only ever added: a change that comes while an older row is being sent has a row of
    its own, and cannot be lost with the older one.
    """

    page_id = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Takes something out of sight (unpublished, deleted, moved): until it is sent, readers of
    # Elasticsearch would still be counted what they must not see, so it is not asked.
    hides = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now, db_index=True)
    # Elasticsearch refuses this very document; trying again soon does not help.
    refused = models.BooleanField(default=False)
    last_error = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["refused", "created_at"], name="search_outbox_age")]

    def __str__(self) -> str:
        return f"page {self.page_id}"
