"""A person's own absences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.people import called
from knowledge.governance.reviewing.admin.forms import AbsenceForm
from knowledge.governance.reviewing.errors import AbsenceRefused
from knowledge.governance.reviewing.models import Absence
from knowledge.governance.reviewing.services import absences


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = AbsenceForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            made = absences.announce(by=request.user, today=today, **form.cleaned_data)
        except AbsenceRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%s stands in for you.") % called(made.deputy))
            return redirect("review_absences")
    rows = Absence.objects.filter(person=request.user.pk, last_day__gte=today)
    context = {
        "form": form,
        "rows": [(one, called(one.deputy)) for one in rows.select_related("deputy")],
        "breadcrumbs_items": [
            {"url": reverse("review_queue"), "label": _("Review queue")},
            {"url": "", "label": _("Absences")},
        ],
        "header_icon": "date",
        "header_title": _("Absences"),
    }
    return render(request, "reviewing/absences.html", context)


@require_POST
def withdraw(request: HttpRequest, absence_id: int) -> HttpResponse:
    absences.withdraw(by=request.user, absence_id=absence_id)
    messages.success(request, _("The absence is removed."))
    return redirect("review_absences")
