"""The fields that results can be filtered by: their names in addresses, labels and values.

A value in an address is a slug. Inside the engines it is the same, but for the category, which is
the tree path of its page: so neither a new slug nor a move needs a new index.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Model
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


# The site speaks one language, and looking fifty words up costs more than counting them.
@lru_cache
def label_of(name: str) -> str:
    return str(FIELDS[name].label)


@lru_cache
def labels_of(name: str) -> Mapping[str, str]:
    """The labels of the values of a closed scale, in its order."""
    return {value: str(label) for value, label in (FIELDS[name].choices or {}).items()}


@dataclass(frozen=True, slots=True)
class Word:
    """One row of a vocabulary."""

    slug: str
    name: str
    merged_into: str | None


def validated(
    wanted: Mapping[str, Sequence[str]], access: Access, among: Sequence[Category]
) -> Filters:
    """The same filters with each value once, merged terms replaced.

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


def vocabulary(slugs: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Word]]:
    """The terms with these slugs, by field and slug; one query for all fields.

    By hand, because putting the querysets of five models together takes longer than the query.
    """
    parts, parameters = [], []
    for field, wanted in slugs.items():
        chosen = list(wanted)
        if chosen:
            parts.append(_terms_sql(field, len(chosen)))
            parameters += chosen
    rows: list[tuple[str, str, str, str | None]] = []
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            rows = cursor.fetchall()
    found: dict[str, dict[str, Word]] = {field: {} for field in slugs}
    for field, slug, name, merged in rows:
        found[field][slug] = Word(slug, name, merged)
    return found


def to_internal(filters: Mapping[str, tuple[str, ...]], among: Sequence[Category]) -> Filters:
    """Filters as the engines know them."""
    paths = {category.slug: category.path for category in among}
    return {
        field: tuple(paths[value] for value in values) if field == "category" else values
        for field, values in filters.items()
    }


def _terms_sql(field: str, number: int) -> str:
    model = FIELDS[field].model
    table = model._meta.db_table  # type: ignore[union-attr]  # only called for vocabularies
    marks = ", ".join(["%s"] * number)
    return (
        f"SELECT '{field}', t.slug, t.name, m.slug FROM {table} t"  # noqa: S608 - constants and parameters
        f" LEFT JOIN {table} m ON m.id = t.merged_into_id WHERE t.slug IN ({marks})"
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
