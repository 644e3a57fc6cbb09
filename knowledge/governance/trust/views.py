"""The page "Why this trust?": never kept, so that what was said a minute ago counts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.trust import selectors
from knowledge.governance.trust.measure import HALF_LIFE_DAYS


@require_safe
@cache_control(private=True, max_age=0)
def why(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    trust = selectors.of(page.specific, now=timezone.now(), today=timezone.localdate())
    context = {
        "page": page,
        "trust": trust,
        "back_url": site_path(page.url_path),
        "half_life_days": HALF_LIFE_DAYS,
    }
    return render(request, "governance/trust/why.html", context)
