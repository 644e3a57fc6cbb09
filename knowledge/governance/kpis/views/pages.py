"""The list of tiles, one indicator, two in one picture, and files to take along."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from knowledge.catalog.permissions import access_of, is_visible
from knowledge.governance.kpis import files
from knowledge.governance.kpis.models import Kpi, Reading, Subscription
from knowledge.governance.kpis.permissions import may_read
from knowledge.governance.kpis.selectors import readings, trust
from knowledge.governance.kpis.services import mailing
from templates_lib import limits

PERIODS = {30: _lazy("30 days"), 90: _lazy("90 days"), 365: _lazy("a year")}
View = Callable[..., HttpResponseBase]


def _for_readers(view: View) -> View:
    """Who is not logged in is asked to; for who may not read indicators there are none."""

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_read(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@_for_readers
def tiles(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = readings.tiles(today=today)
    context = {
        "tiles": found,
        "missed": sum(tile.is_met is False for tile in found),
        "trust": trust.chart(first=today - timedelta(days=readings.DAYS - 1), last=today),
        "subscribed": Subscription.objects.filter(person=request.user.pk).exists(),
    }
    return render(request, "kpis/list.html", context)


@require_safe
@_for_readers
def one(request: HttpRequest, slug: str) -> HttpResponse:
    kpi = get_object_or_404(Kpi.objects.select_related("artifact", "owner"), slug=slug)
    first, last, days = _period(request)
    (tile,) = readings.tiles(today=last, kpis=[kpi])
    other = Kpi.objects.filter(slug=request.GET.get("with", "")[:60]).first()
    if other:
        chart = readings.chart_of_both(kpi, other, first=first, last=last)
    else:
        chart = readings.chart_of(kpi, first=first, last=last)
    artifact = kpi.artifact
    context = {
        "tile": tile,
        "kpi": kpi,
        "chart": chart,
        "days": days,
        "periods": PERIODS,
        "other": other,
        "others": Kpi.objects.exclude(pk=kpi.pk),
        "artifact": artifact if artifact and is_visible(artifact, access_of(request)) else None,
    }
    return render(request, "kpis/one.html", context)


@require_safe
@_for_readers
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The values of the period that the page shows, each as it came in."""
    kpi = get_object_or_404(Kpi, slug=slug)
    first, last, _days = _period(request)
    rows = Reading.objects.filter(kpi=kpi, day__range=(first, last)).order_by("at", "source")
    rows = rows.select_related("kpi")
    if extension == "csv":
        response: Any = StreamingHttpResponse(
            files.written(rows.iterator(chunk_size=1000)), content_type="text/csv; charset=utf-8"
        )
    else:
        values = [
            {"source": row.source, "at": row.at, "value": limits.number(row.value)} for row in rows
        ]
        response = JsonResponse({"kpi": kpi.slug, "unit": kpi.unit, "readings": values})
    response["Content-Disposition"] = f'attachment; filename="{kpi.slug}.{extension}"'
    return response


@require_POST
@_for_readers
def subscribe(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    mailing.choose(by=request.user, wanted=wanted, now=timezone.now())
    said = _("The indicators come by mail every Monday.") if wanted else _("No more mails come.")
    messages.success(request, said)
    return redirect("kpis:list")


def _period(request: HttpRequest) -> tuple[date, date, int]:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else readings.DAYS
    today = timezone.localdate()
    return today - timedelta(days=days - 1), today, days
