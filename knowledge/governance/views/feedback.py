"""Feedback of readers. Anyone who may see a page may speak about it, where its section lets them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.forms import FeedbackForm
from knowledge.governance.origin import is_foreign
from knowledge.governance.proposals import selectors as proposals
from knowledge.governance.sections.selectors import anonymous_may_speak
from knowledge.governance.selectors import voices
from knowledge.governance.services import feedback as feedback_service
from knowledge.governance.throttle import too_many

LIMIT_PER_HOUR = 20
LISTED = 20


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
    form = FeedbackForm(request.POST, passages=voices.passages(page.specific))
    if not form.is_valid():
        return _answer(request, url, "governance/feedback_again.html", 400, form=form, page=page)
    given = form.cleaned_data
    if given.pop("website"):
        return _answer(request, url, "governance/feedback_thanks.html", 200)
    nameless = given.pop("nameless") or not request.user.is_authenticated
    if nameless and not anonymous_may_speak(page):
        return _answer(request, url, "governance/feedback_refused.html", 403, given=given)
    if too_many(request, what="feedback", limit=LIMIT_PER_HOUR):
        return _answer(request, url, "governance/feedback_refused.html", 429, given=given)
    feedback_service.give(page=page, by=None if nameless else request.user, **given)
    context = {"is_kept": not nameless}
    return _answer(request, url, "governance/feedback_thanks.html", 200, **context)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person said under their name, and what came of it."""
    said = voices.of_person(request.user, access_of(request))
    listed = Paginator(said, LISTED).get_page(request.GET.get("page"))
    rows = [{"said": one, "url": site_path(one.page.url_path)} for one in listed]
    proposed = proposals.of_person(request.user, access_of(request))[:LISTED]
    context = {"rows": rows, "listed": listed, "proposals": proposed}
    return render(request, "governance/mine.html", context)


def _answer(
    request: HttpRequest, url: str, template: str, status: int, **context: Any
) -> HttpResponse:
    return render(request, template, {"back_url": url, "status": status, **context}, status=status)
