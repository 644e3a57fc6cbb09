"""The fields that results can be filtered by: their names in addresses, labels and values.

A value in an address is a slug. Inside the engines it is the same, but for the category, which is
the tree path of its page: so neither a new slug nor a move needs a new index.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, F, Model, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import Effort, Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import (
    Artifact,
    Audience,
    Industry,
    Region,
    Tag,
    TaggedArtifact,
    Tool,
)
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import Category
from knowledge.catalog.trust import TrustState
from search.querying.errors import BadFilter


@dataclass(frozen=True, slots=True)
class Field:
    """``choices`` for closed scales, in their own order; ``model`` for vocabularies."""

    name: str
    label: str | Promise
    choices: Mapping[str, str | Promise] | None = None
    model: type[Model] | None = None


def _closed(choices: Iterable[tuple[object, str | Promise]]) -> dict[str, str | Promise]:
    return {str(value): label for value, label in choices}


FIELDS = {
    field.name: field
    for field in (
        Field("kind", _("Kind"), choices=_closed(Kind.choices)),
        Field("category", _("Category")),
        Field("industry", _("Industry"), model=Industry),
        Field("maturity", _("Maturity"), choices=_closed(Maturity.choices)),
        Field("trust", _("Trust"), choices=_closed(TrustState.choices)),
        Field("tag", _("Tag"), model=Tag),
        Field("tool", _("Tool"), model=Tool),
        Field("audience", _("Audience"), model=Audience),
        Field("effort", _("Effort"), choices=_closed(Effort.choices)),
        Field("risk", _("Risk tolerance"), choices=_closed(RiskTolerance.choices)),
        Field("scale", _("Team scale"), choices=_closed(TeamScale.choices)),
        Field("region", _("Region"), model=Region),
    )
}
Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """One row of a vocabulary."""

    slug: str
    name: str
    position: int
    merged_into: str | None


def validated(
    wanted: Mapping[str, Sequence[str]], access: Access, among: Sequence[Category]
) -> Filters:
    """The same filters with each value once, merged tags replaced.

    At most two queries: the chosen terms, and which of the chosen tags this person may know of.

    Raises:
        BadFilter: a value does not exist, or is known from closed pages only.
    """
    slugs = {
        # A database refuses some characters even in a question.
        field: {value for value in values if value.isprintable() and len(value) <= 100}
        for field, values in wanted.items()
        if FIELDS[field].model is not None
    }
    terms = vocabulary(slugs) if slugs else {}
    known_categories = {category.slug for category in among}
    checked: Filters = {}
    for name, values in wanted.items():
        field = FIELDS[name]
        good: dict[str, None] = {}
        for value in values:
            if field.choices is not None:
                fine, final = value in field.choices, value
            elif field.model is not None:
                term = terms.get(name, {}).get(value)
                fine, final = term is not None, (term and term.merged_into) or value
            else:
                fine, final = value in known_categories, value
            if not fine:
                raise BadFilter(name, value)
            good[final] = None
        checked[name] = tuple(good)
    refuse_unseen_tags(checked.get("tag", ()), access)
    return checked


def vocabulary(slugs: Mapping[str, Iterable[str] | None]) -> dict[str, dict[str, Word]]:
    """Terms by field and slug, in the order of the vocabulary; one query for all fields.

    ``slugs`` maps a field to the slugs that are wanted, or to None for all of them.
    """
    parts = [_terms(FIELDS[field], wanted) for field, wanted in slugs.items()]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: dict[str, dict[str, Word]] = {field: {} for field in slugs}
    for field, slug, name, position, merged in sorted(rows, key=lambda row: (row[3], row[2])):
        found[field][slug] = Word(slug, name, position, merged)
    return found


def to_internal(filters: Mapping[str, tuple[str, ...]], among: Sequence[Category]) -> Filters:
    """Filters as the engines know them."""
    paths = {category.slug: category.path for category in among}
    return {
        field: tuple(paths[value] for value in values) if field == "category" else values
        for field, values in filters.items()
    }


def _terms(field: Field, wanted: Iterable[str] | None) -> QuerySet:
    model = field.model
    terms: QuerySet = model._default_manager.order_by()  # type: ignore[union-attr]  # only called for vocabularies
    if wanted is not None:
        terms = terms.filter(slug__in=list(wanted))
    is_tag = model is Tag
    text = CharField()
    return terms.values_list(
        Value(field.name, output_field=text),
        "slug",
        "name",
        Value(0) if is_tag else F("position"),
        F("merged_into__slug") if is_tag else Value(None, output_field=text),
    )


def refuse_unseen_tags(tags: Sequence[str], access: Access) -> None:
    """Tags are made by editors while they write: those of closed pages and drafts are not known."""
    if not tags:
        return
    seen = TaggedArtifact.objects.filter(
        tag__slug__in=tags, content_object__in=visible(Artifact.objects.all(), access).order_by()
    ).values_list("tag__slug", flat=True)
    unseen = set(tags) - set(seen.distinct())
    if unseen:
        raise BadFilter("tag", min(unseen))
