"""What differs between two published versions, for whoever may read the artifact."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.addresses import page_at
from knowledge.catalog.selectors.categories import site_path
from knowledge.catalog.selectors.reading import above
from knowledge.catalog.views.pages import serve
from knowledge.governance.models import Version
from knowledge.governance.selectors import comparisons, versions

CHOICES = 200


@require_safe
def changes(request: HttpRequest, path: str) -> HttpResponseBase:
    """``?from=1.2&to=1.4``; without them, the newest version against the one before it.

    A page of that name may stand below a section, so what is below no artifact is left to the tree.
    """
    access = access_of(request)
    page = page_at(path, access)
    if not isinstance(page, Artifact):
        return serve(request, f"{path}changes/")
    listed = versions.of(page, limit=CHOICES)
    new = _asked(page, request.GET.get("to") or page.version)
    before = next((one.previous for one in listed if one.number == new.number), "")
    old = _asked(page, request.GET.get("from") or before or new.number)
    found = comparisons.compare(old.revision.as_object(), new.revision.as_object(), access)
    url = site_path(page.url_path)
    context = {
        "page": page,
        "page_url": url,
        "versions": listed,
        "old": old,
        "new": new,
        "comparison": found,
        "breadcrumbs": [*above(page), {"title": page.title, "url": url}],
    }
    return render(request, "governance/changes.html", context)


def _asked(page: Artifact, number: str) -> Version:
    version = versions.find(page, number)
    if version is None:
        raise Http404
    return version
