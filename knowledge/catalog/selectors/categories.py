"""The shelves: categories with their addresses, and which one a tree path lies in."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalog.models import CategoryPage
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.services import freshness

# treebeard: four characters a level; root, home, category.
STEP_CHARS = 4
CATEGORY_PATH_CHARS = 3 * STEP_CHARS


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    title: str
    slug: str
    path: str
    url: str
    intro: str


def categories(access: Access) -> Sequence[Category]:
    """Live categories that the person may see, in the order of the tree. At most one query."""
    if "categories" not in access.memo:
        key = ("categories", access.closed_paths)
        access.memo["categories"] = freshness.kept(key, lambda: _categories(access))
    return access.memo["categories"]


def _categories(access: Access) -> tuple[Category, ...]:
    rows = visible(CategoryPage.objects.order_by("path"), access).values_list(
        "pk", "title", "slug", "path", "url_path", "intro"
    )
    return tuple(
        Category(pk, title, slug, path, site_path(url_path), intro)
        for pk, title, slug, path, url_path, intro in rows
    )


def category_of(path: str, among: Sequence[Category]) -> Category | None:
    """The category that a page with this tree path stands in."""
    top = path[:CATEGORY_PATH_CHARS]
    return next((one for one in among if one.path == top), None)


def site_path(url_path: str) -> str:
    """The address of a page from its ``url_path``: one site whose root is the home page."""
    return "/" + url_path.split("/", 2)[2] if url_path.count("/") > 1 else "/"
