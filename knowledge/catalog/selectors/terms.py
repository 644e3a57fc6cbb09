"""Terms of the vocabularies: where they are used, what is offered, what leads on to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from knowledge.catalog.models import (
    Artifact,
    Audience,
    Industry,
    Region,
    Tag,
    TaggedArtifact,
    Tool,
)
from knowledge.catalog.services import freshness

MAX_SUGGESTED = 10
# Vocabulary -> the field of an artifact, which is also its key in a stored revision.
FIELDS: Mapping[Any, str] = {
    Industry: "industries",
    Tool: "tools",
    Audience: "audiences",
    Region: "regions",
}
MODELS: Mapping[str, Any] = {str(model._meta.model_name): model for model in (*FIELDS, Tag)}


@dataclass(frozen=True, slots=True)
class Uses:
    """The table that says which artifacts have a term, with the names of its two columns."""

    model: Any
    page: str
    term: str

    def of(self, term: Any) -> QuerySet:
        return self.model.objects.filter(**{self.term: term.pk})

    def pages(self, term: Any) -> list[int]:
        return list(self.of(term).order_by(self.page).values_list(self.page, flat=True))

    def rows(self, page_ids: Iterable[int], term: Any) -> list[Any]:
        """For ``bulk_create``."""
        return [self.model(**{self.page: pk, self.term: term.pk}) for pk in page_ids]


def uses_of(model: Any) -> Uses:
    """Of one vocabulary."""
    if model is Tag:
        return Uses(TaggedArtifact, "content_object_id", "tag_id")
    through = Artifact._meta.get_field(FIELDS[model]).remote_field.through  # type: ignore[union-attr]
    return Uses(through, "artifact_id", f"{model._meta.model_name}_id")


def offered(model: Any, chosen: Iterable[int] = ()) -> QuerySet:
    """What may be chosen; what is retired stays with those that have it."""
    own = model.objects.filter(pk__in=list(chosen))
    return model.objects.filter(retired=False, merged_into=None) | own


def with_uses(terms: QuerySet) -> QuerySet:
    """Annotate ``used``: how many artifacts have it, those that are not live included."""
    relation = "tagged_artifacts" if terms.model is Tag else "artifacts"
    return terms.annotate(used=Count(relation, distinct=True))


def tag_names(names: Iterable[str]) -> list[str]:
    """The same tags, with what takes the place of those that were merged away."""
    wanted = list(names)
    gone = Tag.objects.filter(merged_into__isnull=False).values_list("name", "merged_into__name")
    leads = {old.casefold(): new for old, new in gone}
    return list(dict.fromkeys(leads.get(name.casefold(), name) for name in wanted))


def suggested_tags(start: str) -> list[str]:
    """Names for somebody who types: those that are offered, the most used first."""
    tags = with_uses(offered(Tag).filter(name__istartswith=start)).order_by("-used", "name")
    return list(tags.values_list("name", flat=True)[:MAX_SUGGESTED])


def merged() -> Mapping[str, Mapping[int, int]]:
    """What leads on to what, by vocabulary. One query, remembered until something changes."""
    return freshness.kept("merged-terms", _merged)


def _merged() -> Mapping[str, Mapping[int, int]]:
    first, *others = (
        model.objects.order_by()
        .filter(merged_into__isnull=False)
        .annotate(vocabulary=Value(name, output_field=CharField()))
        .values_list("vocabulary", "pk", "merged_into")
        for name, model in MODELS.items()
    )
    found: dict[str, dict[int, int]] = {name: {} for name in MODELS}
    for name, old, new in first.union(*others, all=True):
        found[name][old] = new
    return found


def led_on(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a revision with what takes the place of terms that were merged away since."""
    leads = merged()
    new = dict(content)
    for model, field in FIELDS.items():
        lead = leads[str(model._meta.model_name)]
        if lead and new.get(field):
            new[field] = list(dict.fromkeys(lead.get(pk, pk) for pk in new[field]))
    if leads["tag"] and new.get("tagged_items"):
        items = {
            tag: {**item, "tag": tag}
            for item in reversed(new["tagged_items"])
            for tag in [leads["tag"].get(item["tag"], item["tag"])]
        }
        new["tagged_items"] = list(items.values())[::-1]
    return new
