"""What everybody may see: for feeds, the site map and llms.txt, whoever asks for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for, visible
from knowledge.catalog.selectors.categories import Category, categories, category_of, site_path

# No XML document may hold these, and no list wants them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One artifact in a list for machines; ``path`` is its address on this site."""

    title: str
    path: str
    bottom_line: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shelf:
    category: Category
    lines: list[Line]


def pages() -> QuerySet[Page]:
    """Every page of the site that an anonymous reader may open, in the order of the tree."""
    return visible(Page.objects.filter(depth__gt=1), access_for(None)).order_by("path")


def artifacts() -> QuerySet[Artifact]:
    """Those that are kept: superseded and archived ones are left to the people who have a link."""
    kept = Artifact.objects.filter(superseded_by__isnull=True, archived_at__isnull=True)
    return visible(kept, access_for(None))


def shelves() -> Iterator[Shelf]:
    """All public artifacts by category, each in the order of its title. Four queries."""
    among = categories(access_for(None))
    lines: dict[int, list[Line]] = {one.id: [] for one in among}
    fields = ("title", "url_path", "bottom_line", "kind", "path")
    for title, url_path, bottom_line, kind, path in (
        artifacts().order_by("title", "path").values_list(*fields)
    ):
        category = category_of(path, among)
        if category is not None:
            line = Line(one_line(title), site_path(url_path), one_line(bottom_line), kind)
            lines[category.id].append(line)
    return (Shelf(one, lines[one.id]) for one in among if lines[one.id])


def one_line(text: str) -> str:
    """The text without line breaks and without characters that no document may hold."""
    return " ".join(_CONTROLS.sub("", text).split())
