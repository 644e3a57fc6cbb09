"""Categories and sections of the tree, listed with filters."""

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from knowledge.catalog.models import CategoryPage, FaqPage, SectionPage
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.catalog.selectors.categories import STEP_CHARS, site_path
from search.views import answering

# Root and home are above every page and in no breadcrumb.
ABOVE_CATEGORIES = 2


def section(request: HttpRequest, page: CategoryPage | SectionPage) -> HttpResponse:
    """Everything below the page. The caller has checked that it is visible."""
    access = access_of(request)
    search = answering.wanted(request).below(page.path)
    below = Page.objects.child_of(page)
    extra = {
        "page": page,
        "self": page,
        "heading": page.title,
        "intro": page.intro,
        "breadcrumbs": _above(page),
        "closely_related": _related(page, access),
        "sections": _links(below.type(SectionPage), access),
        "faq_pages": _links(below.type(FaqPage), access),
        "download_url": f"{site_path(page.url_path)}download.zip",
    }
    return answering.page(request, search, "search/browse.html", extra)


def _related(page: CategoryPage | SectionPage, access: Access) -> list[dict[str, str]]:
    if not isinstance(page, CategoryPage):
        return []
    related = page.closely_related.values_list("pk", flat=True)
    return _links(Page.objects.filter(pk__in=related), access)


def _links(pages, access: Access) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]  # a queryset of pages
    rows = visible(pages.order_by("path"), access).values_list("title", "url_path")
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]


def _above(page: Page) -> list[dict[str, str]]:
    first = (ABOVE_CATEGORIES + 1) * STEP_CHARS
    paths = [page.path[:end] for end in range(first, len(page.path), STEP_CHARS)]
    if not paths:
        return []
    rows = Page.objects.filter(path__in=paths).order_by("depth").values_list("title", "url_path")
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]
