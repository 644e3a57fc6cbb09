from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME_CHARS = 80
QUERY_CHARS = 2000


class SavedSearch(models.Model):
    """A results address under a name. Only its person may know of it."""

    class Delivery(models.TextChoices):
        NONE = "none", _("Only keep it here")
        MAIL = "mail", _("Mail me once a day when something new matches")
        FEED = "feed", _("A feed address for my feed reader (Atom)")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=NAME_CHARS)
    # Of the address, without the page number: "q=on-call&kind=runbook".
    query = models.CharField(max_length=QUERY_CHARS)
    delivery = models.CharField(
        _("how do you want to hear of it?"),
        max_length=4,
        choices=Delivery.choices,
        default=Delivery.NONE,
    )
    # Part of the signed feed address; a higher one makes all earlier addresses void.
    feed_number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    # What was published before is not new.
    since = models.DateTimeField(default=timezone.now)
    mailed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="search_saved_name_once")
        ]
        indexes = [models.Index(fields=["delivery", "mailed_on"], name="search_saved_due")]

    def __str__(self) -> str:
        return self.name


class Told(models.Model):
    """What the person knows of already: it matched when the search was saved, or was mailed."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    page = models.ForeignKey("catalog.Artifact", on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "page"], name="search_saved_told_once")
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}"
