"""What the database engine reads, and what Elasticsearch has still to be told.

Entries and facets are written in the transaction that changes an artifact, so they never drift.
They hold only what comes from its content. Where it stands in the tree, whether it is live, and
its review dates are read from its own row in every query: those change without a new revision.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_SEPARATOR = re.compile(r"[,;\n]+")
MAX_SYNONYMS = 20


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
    # Other ways to write words of the text ("postmortem" for "post-mortem"): searched, never shown.
    spellings = models.TextField(default="", blank=True)
    # Where the parts of the body begin: [anchor on the page, heading, place in ``body``].
    sections = models.JSONField(default=list, blank=True)
    # All it can be filtered by, as "field:value" words: "kind:guide tag:rota tag:nights".
    codes = models.TextField()
    digest = models.CharField(max_length=64)
    # The digest that this entry had when its passages were computed (search.meaning).
    meant = models.CharField(max_length=64, default="", blank=True)

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


class SearchWord(models.Model):
    """A word of the library, to know which words nobody has written (``search.language.words``)."""

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, db_index=True)
    entries = models.PositiveIntegerField()  # in about how many entries it stands

    def __str__(self) -> str:
        return self.word


class SearchPassage(models.Model):
    """A piece of an entry's text and what it means as a vector (``search.meaning``).

    Kept with the digest of its text, so that only what was rewritten is computed again.
    """

    page = models.ForeignKey("catalog.Artifact", on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()  # where it stands in the body of the entry
    end = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    vector = models.BinaryField()  # 384 little-endian float16, of length 1

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["page", "start"]

    def __str__(self) -> str:
        return f"page {self.page_id}, {self.start} to {self.end}"


class SynonymSet(models.Model):
    """Words that mean the same here; kept by editors, in force at once (``search.language.synonyms``)."""

    expressions = models.TextField(
        _("words that mean the same"),
        help_text=_("Separated by commas or lines, for example: on-call, pager, standby rota"),
    )
    typed = models.CharField(
        _("only when this was typed"),
        max_length=100,
        blank=True,
        help_text=_(
            "Leave empty when each word stands for all others. Filled in, only this word finds the"
            " others too, and not the other way round."
        ),
    )
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("synonym set")
        verbose_name_plural = _("synonyms")
        ordering = ["expressions"]

    def __str__(self) -> str:
        return " = ".join(self.words)[:120]

    @property
    def words(self) -> list[str]:
        found = [" ".join(word.split()) for word in _SEPARATOR.split(self.expressions)]
        return list(dict.fromkeys(word.lower() for word in found if word))

    def clean(self) -> None:
        words = self.words
        if len(words) + bool(self.typed.strip()) < 2:
            raise ValidationError({"expressions": _("Name at least two words.")})
        if len(words) > MAX_SYNONYMS or any(len(word) > 60 for word in words):
            message = _("At most %(most)s expressions of at most 60 characters.")
            raise ValidationError({"expressions": message % {"most": MAX_SYNONYMS}})


class BestBet(models.Model):
    """An artifact that editors put first for certain words (``search.language.bets``)."""

    words = models.TextField(
        _("when this is searched for"),
        help_text=_(
            "Whole queries, separated by commas or lines. Capitals and endings do not matter."
        ),
    )
    artifact = models.ForeignKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="+", verbose_name=_("artifact")
    )
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words[:120]

    @property
    def queries(self) -> list[str]:
        found = [" ".join(query.split()) for query in _SEPARATOR.split(self.words)]
        return [query for query in found if query]

    def clean(self) -> None:
        if not self.queries:
            raise ValidationError({"words": _("Name at least one query.")})


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
