"""The log of searches: one row for each search, however often it was filtered, sorted or paged."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoggedSearch(models.Model):
    """A search by words. Holds nobody's name, address, agent or session (docs/adr/0009)."""

    # Made when the search is first seen, so that writing it twice is writing it once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.CharField(_("words"), max_length=200)  # masked, in lower case
    at = models.DateTimeField(_("when"), db_index=True)  # to the minute
    # The most that the words found: what a filter takes away was found all the same.
    results = models.PositiveIntegerField(_("results"))
    engine = models.CharField(_("engine"), max_length=20)
    degraded = models.BooleanField(_("answered by the stand-in"), default=False)
    took_ms = models.PositiveIntegerField(_("milliseconds"))  # 0: from the page cache
    # How often the same words were filtered, sorted or paged.
    refinements = models.PositiveSmallIntegerField(default=0)
    # Went on to other words without opening a result.
    reworded = models.BooleanField(default=False)
    last_page = models.PositiveSmallIntegerField(default=1)
    filters = models.JSONField(default=dict)  # field -> the values that were ever chosen
    clicks = models.PositiveSmallIntegerField(default=0)  # different results that were opened
    first_position = models.PositiveSmallIntegerField(null=True, blank=True)
    clicked = models.JSONField(default=list)  # [[id of the page, its position], ...]
    # Asked by somebody who sees more than the public does: counts may speak of closed sections.
    restricted = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        indexes = [models.Index(fields=["text", "at"], name="search_log_text")]

    def __str__(self) -> str:
        return self.text


class Wish(models.Model):
    """What a reader misses, told on a page of results. Holds nobody's name; editors end it."""

    text = models.CharField(_("words"), max_length=200, db_index=True)  # masked, in lower case
    details = models.TextField(_("what should be there"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    is_done = models.BooleanField(
        _("done"),
        default=False,
        help_text=_("It is written, or will not be: no longer named under “What to write next”."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wish of a reader")
        verbose_name_plural = _("wishes of readers")
        ordering = ["is_done", "-made_at"]

    def __str__(self) -> str:
        return self.text
