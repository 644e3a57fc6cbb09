"""What a person follows, as the list of it shows it and as a query finds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact, CategoryPage, SectionPage
from knowledge.catalog.models.taxonomy import Tag
from knowledge.catalog.permissions import Access, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.following.models import Follow


@dataclass(frozen=True, slots=True)
class Line:
    """``url`` is empty while the page is hidden from the person; then it has no title either."""

    id: int
    sort: str
    title: str
    url: str


def of(person: Any) -> list[Follow]:
    """One query."""
    rows = Follow.objects.filter(person=person.pk)
    return list(rows.select_related("page__content_type", "tag__merged_into"))


def lines(person: Any, access: Access) -> list[Line]:
    """What is hidden now is listed without its name, so that it can be ended."""
    return [_line(one, access) for one in of(person)]


def _line(one: Follow, access: Access) -> Line:
    if one.tag is not None:
        tag = _standing(one.tag)
        return Line(one.pk, str(_("Tag")), tag.name, f"/tags/{tag.slug}/")
    page = one.page
    if page is None or not is_visible(page, access):
        return Line(one.pk, "", str(_("Something that you cannot see at present")), "")
    model = page.content_type.model_class()
    is_artifact = model is not None and issubclass(model, Artifact)
    sort = _("Artifact") if is_artifact else _("Section")
    return Line(one.pk, str(sort), page.title, site_path(page.url_path))


def _standing(tag: Tag) -> Tag:
    return tag.merged_into or tag


def matching(follows: Sequence[Follow]) -> Q:
    """Artifacts that any of them is about; by the columns of an artifact."""
    found = Q(pk__in=[])
    for one in follows:
        found |= _about(one)
    return found


def news_of(follows: Sequence[Follow]) -> Q:
    """Those of them that were published since they are followed."""
    found = Q(pk__in=[])
    for one in follows:
        found |= _about(one) & Q(last_published_at__gte=one.since)
    return found


def _about(one: Follow) -> Q:
    if one.tag is not None:
        tagged = Artifact.objects.filter(tagged_items__tag=_standing(one.tag).pk)
        return Q(pk__in=tagged.values("pk"))
    if one.page is not None and _holds(one.page):
        return Q(path__startswith=one.page.path)
    return Q(pk=one.page_id)


def _holds(page: Page) -> bool:
    model = page.content_type.model_class()
    return model is not None and issubclass(model, CategoryPage | SectionPage)


def covers(one: Follow, page: Artifact, tags: set[int]) -> bool:
    """Whether this is about the artifact; ``tags`` are the ids of the artifact's own."""
    if one.tag is not None:
        return _standing(one.tag).pk in tags
    if one.page_id == page.pk:
        return True
    return one.page is not None and _holds(one.page) and page.path.startswith(one.page.path)
