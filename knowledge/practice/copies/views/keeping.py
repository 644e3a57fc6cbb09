"""Who fills and sees a copy, and its end."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.copies import services
from knowledge.practice.copies.permissions import keeps, may_read
from knowledge.practice.copies.views.finding import copy_of, number
from knowledge.practice.errors import RunRefused
from knowledge.practice.forms.people import PersonForm
from knowledge.practice.teams.choosing import shown_to


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, copy_id: int) -> HttpResponse:
    copy = copy_of(request, copy_id)
    if not keeps(copy, request.user):
        raise PermissionDenied(_("Only who keeps this copy may do that."))
    form = PersonForm(request.POST if request.POST.get("_do") == "share" else None)
    wish = request.POST.get("_do")
    if wish == "open":
        services.set_open(copy=copy, by=request.user, is_open="is_open" in request.POST)
        messages.success(request, _("The change is saved."))
        return redirect("copies:people", copy.pk)
    if wish == "withdraw":
        person_id = number(request.POST.get("person"))
        person = get_object_or_404(get_user_model(), pk=person_id, filled_copies=copy.pk)
        services.withdraw(copy=copy, by=request.user, person=person)
        if may_read(copy, person, access_for(person)):
            said = _(
                "%s is taken out, but still sees it: by the team, because it is open, "
                "or as an administrator."
            )
        else:
            said = _("%s does not see it any more.")
        messages.success(request, said % called(person))
        return redirect("copies:people", copy.pk)
    if form.is_bound and form.is_valid():
        try:
            services.share(copy=copy, by=request.user, person=form.cleaned_data["person"])
        except RunRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, _("Shared."))
            return redirect("copies:people", copy.pk)
    context = {
        "copy": copy,
        "form": form,
        "people": list(copy.people.order_by("pk")),
        "of_team": shown_to(copy, request.user),
    }
    status = 400 if form.errors else 200
    return render(request, "copies/people.html", context, status=status)


@login_required
@require_POST
def delete(request: HttpRequest, copy_id: int) -> HttpResponse:
    copy = copy_of(request, copy_id)
    services.delete(copy=copy, by=request.user)
    messages.success(request, _("“%s” is deleted.") % copy.name)
    return redirect("copies:index")
