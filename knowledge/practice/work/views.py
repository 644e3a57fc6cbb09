"""My work: the page, each of its sections, and the calendar."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.permissions import access_for, access_of
from knowledge.practice.work import ics, morning, selectors, services
from knowledge.practice.work.models import CalendarAddress
from knowledge.practice.work.sections import Asking


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": selectors.overview(_asking(request)),
        "is_mailed": morning.is_wanted(request.user),
    }
    return render(request, "work/index.html", context)


@login_required
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Whether the person gets the mail of the morning."""
    wanted = request.POST.get("_do") == "start"
    morning.choose(by=request.user, wanted=wanted)
    if wanted:
        messages.success(request, _("You get a mail in the morning when something is new or due."))
    else:
        messages.success(request, _("No mail is sent about this page any more."))
    return redirect("work:index")


@never_cache
@login_required
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.one(slug, _asking(request), request.GET.get("page"))
    if found is None:
        raise Http404
    shown, page = found
    return render(request, "work/section.html", {"shown": shown, "page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token", "address", "context")
def calendar(request: HttpRequest) -> HttpResponse:
    """The secret address: made anew or ended here, shown once."""
    address = ""
    if request.method == "POST":
        if request.POST.get("_do") == "end":
            services.end(by=request.user)
            messages.success(request, _("The address is gone. Calendars that used it stay empty."))
            return redirect("work:calendar")
        token = services.renew(by=request.user, at=timezone.now())
        address = settings.PORTAL_BASE_URL + reverse("work:ics", args=[token])
    kept = CalendarAddress.objects.filter(person=request.user.pk).first()
    return render(request, "work/calendar.html", {"address": address, "kept": kept})


@require_safe
@sensitive_variables("token")
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """What the person of the address may see at this moment, for calendars that cannot log in."""
    now = timezone.now()
    person = services.person_of(token=token, at=now)
    if person is None:
        raise Http404
    asking = Asking(person, access_for(person), now)
    name = _("%s: my work") % settings.WAGTAIL_SITE_NAME
    content = ics.calendar(name, selectors.days(asking), now=now)
    response = HttpResponse(content, content_type=ics.MEDIA_TYPE)
    # A right may be taken away, an address ended: nobody keeps what was answered before.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asking(request: HttpRequest) -> Any:
    return Asking(request.user, access_of(request), timezone.now())
