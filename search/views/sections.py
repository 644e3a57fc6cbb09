"""Categories and sections of the tree, listed with filters."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
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
    sections, faq_pages = _below(page, access)
    extra = {
        "page": page,
        "self": page,
        "heading": page.title,
        "intro": page.intro,
        "breadcrumbs": _above(page),
        "closely_related": _related(page, access),
        "sections": sections,
        "faq_pages": faq_pages,
        "download_url": f"{site_path(page.url_path)}download.zip",
        "follow_url": f"{reverse('following:new')}?page={page.pk}",
    }
    return answering.page(request, search, "search/browse.html", extra)


def _related(page: CategoryPage | SectionPage, access: Access) -> list[dict[str, str]]:
    if not isinstance(page, CategoryPage):
        return []
    related = page.closely_related.values_list("pk", flat=True)
    return _links(Page.objects.filter(pk__in=related), access)


def _below(page: Page, access: Access) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Sections and FAQ pages right below the page."""
    types = ContentType.objects.get_for_models(SectionPage, FaqPage)
    children = visible(Page.objects.child_of(page).order_by("path"), access).filter(
        content_type__in=types.values()
    )
    found: dict[int, list[dict[str, str]]] = {one.pk: [] for one in types.values()}
    for title, url_path, type_id in children.values_list("title", "url_path", "content_type"):
        found[type_id].append({"title": title, "url": site_path(url_path)})
    return found[types[SectionPage].pk], found[types[FaqPage].pk]


def _links(pages: QuerySet[Page], access: Access) -> list[dict[str, str]]:
    rows = visible(pages.order_by("path"), access).values_list("title", "url_path")
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]


def _above(page: Page) -> list[dict[str, str]]:
    first = (ABOVE_CATEGORIES + 1) * STEP_CHARS
    paths = [page.path[:end] for end in range(first, len(page.path), STEP_CHARS)]
    if not paths:
        return []
    rows = (
        Page.objects.filter(path__in=paths, live=True)
        .order_by("depth")
        .values_list("title", "url_path")
    )
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]
