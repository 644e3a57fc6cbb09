"""What artifacts are about, and who is near whom. All of it can be made anew (``comparing``)."""

from django.db import models


class Portrait(models.Model):
    """From which state of its searchable text an artifact was last compared."""

    page = models.OneToOneField(
        "catalog.Artifact", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"page {self.page_id}"


class Trait(models.Model):
    """One thing that an artifact is about, with how much of it that is."""

    page = models.ForeignKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # A word ("rollback"), or a term of a vocabulary ("tool:kafka").
    name = models.CharField(max_length=120)
    weight = models.FloatField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "name"], name="search_related_trait_once")
        ]
        indexes = [models.Index(fields=["name", "page"], name="search_related_trait_name")]

    def __str__(self) -> str:
        return self.name


class Neighbour(models.Model):
    """``other`` is near ``page``; ``shared``: the terms that both have, the rarest first."""

    page = models.ForeignKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    other = models.ForeignKey("catalog.Artifact", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    shared = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "other"], name="search_related_pair_once")
        ]
        indexes = [models.Index(fields=["page", "-score"], name="search_related_nearest")]

    def __str__(self) -> str:
        return f"{self.page_id} near {self.other_id}"
