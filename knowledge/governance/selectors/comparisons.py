"""Two states of an artifact compared, for one reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, visible
from knowledge.governance.comparing import summary
from knowledge.governance.comparing.parts import Comparer
from knowledge.governance.comparing.result import Comparison
from knowledge.governance.comparing.wording import Names
from templates_lib.rows.part import day

# Of what every page has; all fields of artifacts and their kinds are compared besides.
OF_PAGES = ("title", "slug", "seo_title", "search_description")
# The note speaks of the change, and the body is compared part by part.
NOT_COMPARED = frozenset({"body", "change_note", "major_change"})
# Ids in two bodies; of more than that the rest is not named.
MOST_NAMED = 2000


def compare(old: Artifact, new: Artifact, access: Access) -> Comparison:
    """What is different in ``new``; both are states of one artifact, as they are in memory.

    Pages that the reader may not see are not named. The query count does not depend on the length.
    """
    bodies = [one.body.get_prep_value() for one in (old, new)]
    fields = list(fields_of(type(new)))
    pages = {
        getattr(one, field.attname)
        for one in (old, new)
        for field in fields
        if _leads_to(field, Page)
    }
    links = [one.target_id for state in (old, new) for one in state.related_links.all()]
    names = _look_up({*_numbers(bodies), *pages, *links} - {None}, access)
    comparer = Comparer(names)
    changes = [
        comparer.text(label_of(field), _said(old, field, names), _said(new, field, names))
        for field in fields
    ]
    changes.append(
        comparer.text(str(_("Related artifacts")), _related(old, names), _related(new, names))
    )
    return Comparison(
        fields=tuple(change for change in changes if change is not None),
        items=comparer.bodies(new.body.stream_block, *bodies),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """Titles by id, of what this reader may be told of."""

    pages: dict[int, str] = field(default_factory=dict)
    images: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)

    def page(self, pk: int) -> str:
        return self.pages.get(pk, "")

    def image(self, pk: int) -> str:
        return self.images.get(pk, "")

    def document(self, pk: int) -> str:
        return self.documents.get(pk, "")


def names_in(bodies: Any, access: Access) -> Names:
    """What the ids in stored bodies stand for, for this reader; three queries at most."""
    return _look_up(_numbers(bodies), access)


def _look_up(ids: Iterable[int], access: Access) -> _Named:
    wanted = sorted(ids)[:MOST_NAMED]
    if not wanted:
        return _Named()
    return _Named(
        pages=dict(visible(Page.objects.filter(pk__in=wanted), access).values_list("pk", "title")),
        images=dict(get_image_model().objects.filter(pk__in=wanted).values_list("pk", "title")),
        documents=dict(
            get_document_model().objects.filter(pk__in=wanted).values_list("pk", "title")
        ),
    )


def _numbers(raw: Any) -> Iterator[int]:
    """Every whole number of a stored value: ids are among them, and looking up too many is cheap."""
    if isinstance(raw, list):
        for one in raw:
            yield from _numbers(one)
    elif isinstance(raw, dict):
        for one in raw.values():
            yield from _numbers(one)
    elif isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 2**31:
        yield raw


def fields_of(model: type[Artifact]) -> Iterator[Any]:
    """Fields that editors fill, in the order of the model."""
    for one in model._meta.get_fields():
        if one.auto_created or one.name in NOT_COMPARED or not getattr(one, "editable", False):
            continue
        if getattr(one.remote_field, "parent_link", False):
            continue
        filled = one.many_to_many or one.concrete
        if filled and (issubclass(one.model, Artifact) or one.name in OF_PAGES):
            yield one


def _leads_to(one: Any, model: type[models.Model]) -> bool:
    return isinstance(one, models.ForeignKey) and issubclass(one.related_model, model)


def label_of(one: Any) -> str:
    # In the form it follows the person and says "or".
    return str(_("Owning group") if one.name == "owner_group" else capfirst(str(one.verbose_name)))


def _said(page: Artifact, one: Any, names: _Named) -> str:
    """The value of a field as a reader would write it."""
    if one.many_to_many:
        return ", ".join(sorted(str(term) for term in getattr(page, one.name).all()))
    if _leads_to(one, Page):
        return names.page(getattr(page, one.attname) or 0)
    value = getattr(page, one.name)
    if value is None or value == "":
        return ""
    if _leads_to(one, get_user_model()):
        return called(value)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(one, models.BooleanField):
        return str(_("yes") if value else _("no"))
    return day(value)


def _related(page: Artifact, names: _Named) -> str:
    titles = (names.page(one.target_id) for one in page.related_links.all())
    return ", ".join(title for title in titles if title)


def said_in(
    states: Sequence[Artifact], names: Sequence[str], access: Access
) -> dict[str, list[str]]:
    """What each of the states says in these fields, in words, by the name of the field.

    ``related_links`` is one of them, though it is a table of its own.
    """
    fields = [one for one in fields_of(type(states[0])) if one.name in names]
    linked = {getattr(one, f.attname) for one in states for f in fields if _leads_to(f, Page)}
    if "related_links" in names:
        linked |= {link.target_id for one in states for link in one.related_links.all()}
    known = _look_up(linked - {None}, access)
    said = {f.name: [_said(one, f, known) for one in states] for f in fields}
    if "related_links" in names:
        said["related_links"] = [_related(one, known) for one in states]
    return said


@dataclass(frozen=True, slots=True)
class Suggestion:
    note: str
    is_major: bool


def suggestion(old: Artifact, new: Artifact) -> Suggestion:
    """A note and a number for the next version. It names parts of the artifact, no other page."""
    found = compare(old, new, Access())
    return Suggestion(note=summary.note(found), is_major=summary.is_major(found))
