"""Vocabularies that owners extend in the admin. Nothing of them is code.

A term that was merged into another, or an address that a term had before, stays as a row that leads
on (``merged_into``): old addresses, saved searches and old revisions go on to what is there now.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.search import index


class KeepsOldAddress:
    """Leaves a row that leads on where the address of a term changes, whatever door it came through."""

    pk: Any
    name: Any
    slug: Any
    merged_into: Any

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        model: Any = type(self)
        before = model.objects.filter(pk=self.pk).values("name", "slug").first()
        super().save(*args, **kwargs)  # type: ignore[misc]  # mixed into models only
        if before and before["slug"] != self.slug and not self.merged_into:
            # A name is there once: when it has not changed, the old address becomes part of it.
            name = before["name"]
            if model.objects.filter(name__iexact=name).exists():
                size = model._meta.get_field("name").max_length
                name = f"{name[: size - len(before['slug']) - 3]} ({before['slug']})"[-size:]
            model.objects.create(name=name, slug=before["slug"], merged_into=self)


def _retired() -> models.BooleanField:
    return models.BooleanField(
        _("retired"),
        default=False,
        editable=False,
        help_text=_("Stays where it is used, and is not offered any more."),
    )


class Term(KeepsOldAddress, index.Indexed, models.Model):
    """One word of a vocabulary. The slug is part of public addresses; change it with care."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of its web address.")
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Lower comes first; equal ones go by name.")
    )

    retired = _retired()
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged_terms",
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Industry(Term):
    class Meta(Term.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")


class Tool(Term):
    url = models.URLField(_("web site"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("tool")
        verbose_name_plural = _("tools")


class Audience(Term):
    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Region(Term):
    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Tag(KeepsOldAddress, TagBase):
    """A free word. Merging moves its artifacts; the old address goes on to the one it went into."""

    free_tagging = True
    description = models.CharField(_("description"), max_length=300, blank=True)
    retired = _retired()
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged_tags",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class TaggedArtifact(ItemBase):
    tag = models.ForeignKey(Tag, related_name="tagged_artifacts", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="catalog_taggedartifact_once"
            )
        ]
