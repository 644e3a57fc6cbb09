"""The page of a recurring task: what it is for, what came of it before, and its end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.cadence import services
from knowledge.practice.cadence.models import NOTE_CHARS, RecurringTask
from knowledge.practice.cadence.permissions import own
from knowledge.practice.errors import RunRefused

EARLIER = 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, recurring_id: int) -> HttpResponse:
    rows = RecurringTask.objects.select_related("artifact", "done_by")
    one = own(rows, request.user, access_of(request)).filter(pk=recurring_id).first()
    if one is None:
        raise Http404
    refused: dict[str, str] = {}
    note = request.POST.get("note", "")
    if request.method == "POST":
        try:
            services.end(task=one, by=request.user, note=note, at=timezone.now())
        except RunRefused as refusal:
            refused = {"message": str(refusal), "text": note}
            one.refresh_from_db()
        else:
            messages.success(request, _("Kept. The next one stands in your work with its day."))
            return redirect("work:index")
    earlier = rows.filter(artifact=one.artifact_id, name=one.name, done_at__isnull=False)
    context = {
        "task": one,
        "artifact_url": site_path(one.artifact.url_path),
        "earlier": earlier.order_by("-due")[:EARLIER],
        "note": note,
        "note_chars": NOTE_CHARS,
        "refused": refused,
        "is_overdue": one.is_open and one.due < timezone.localdate(),
    }
    return render(request, "cadence/task.html", context, status=400 if refused else 200)
