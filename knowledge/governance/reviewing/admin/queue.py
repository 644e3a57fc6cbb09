"""The review queue: what waits for a person, due first; many claimed at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.utils import get_valid_next_url_from_request

from knowledge.governance.reviewing.admin.forms import QueueFilter
from knowledge.governance.reviewing.selectors import queue
from knowledge.governance.reviewing.selectors.standing import Standing
from knowledge.governance.reviewing.services import assignments

MOST_AT_ONCE = queue.PER_PAGE
REFUSALS_SHOWN = 5


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The filters and the page are in the address."""
    standing = Standing(request.user, today=timezone.localdate())
    form = QueueFilter(request.GET, standing=standing)
    listed, lines = queue.page_of(standing, form.chosen, request.GET.get("p"))
    context = {
        "form": form,
        "lines": lines,
        "items": listed,
        "elided_page_range": listed.paginator.get_elided_page_range(listed.number),
        "breadcrumbs_items": [{"url": "", "label": _("Review queue")}],
        "header_icon": "tasks",
        "header_title": _("Review queue"),
    }
    return render(request, "reviewing/queue.html", context)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Those that are ticked; what could not be had is said with its reason."""
    ids = [int(one) for one in request.POST.getlist("state") if one.isdecimal() and len(one) < 19]
    done, refusals = assignments.claim_many(
        state_ids=ids[:MOST_AT_ONCE], by=request.user, at=timezone.now()
    )
    if done:
        words = ngettext("You have claimed %(n)d review.", "You have claimed %(n)d reviews.", done)
        messages.success(request, words % {"n": done})
    for refusal in refusals[:REFUSALS_SHOWN]:
        messages.error(request, refusal)
    if not ids:
        messages.warning(request, _("Tick what you want to claim."))
    return redirect(get_valid_next_url_from_request(request) or reverse("review_queue"))
