"""Feedback of readers. Anyone who may see a page may speak about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.forms import FeedbackForm
from knowledge.governance.origin import is_foreign
from knowledge.governance.services import feedback as feedback_service
from knowledge.governance.throttle import too_many

LIMIT_PER_HOUR = 20


# The form stands on pages that are cached for everybody and so carries no token. It changes
# nothing that belongs to the sender; a foreign origin is refused below, and the rate is limited.
@csrf_exempt
@require_POST
def feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    url = site_path(page.url_path)
    if is_foreign(request):
        return _answer(request, url, "governance/feedback_refused.html", 403)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _answer(request, url, "governance/feedback_again.html", 400, form=form, page=page)
    if form.cleaned_data["website"]:
        return _answer(request, url, "governance/feedback_thanks.html", 200)
    if too_many(request, what="feedback", limit=LIMIT_PER_HOUR):
        return _answer(request, url, "governance/feedback_refused.html", 429)
    feedback_service.give(
        page=page,
        by=request.user if request.user.is_authenticated else None,
        sort=form.cleaned_data["sort"],
        text=form.cleaned_data["text"],
    )
    return _answer(request, url, "governance/feedback_thanks.html", 200)


def _answer(request: HttpRequest, url: str, template: str, status: int, **context) -> HttpResponse:  # type: ignore[no-untyped-def]
    return render(request, template, {"back_url": url, "status": status, **context}, status=status)
