"""The page behind the link of an invitation. Looking changes nothing; sending the form decides."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.catalog.selectors.body import render_body
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.reviewing.errors import LinkOver
from knowledge.governance.reviewing.models import Invitation
from knowledge.governance.reviewing.models.invitations import NAME_CHARS
from knowledge.governance.reviewing.services import invitations
from knowledge.governance.selectors import comparisons
from knowledge.governance.throttle import too_many

LIMIT_PER_HOUR = 60
OVER = "reviewing/invited_over.html"


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_CHARS,
        error_messages={"required": _("Give your name: it is kept with the decision.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    response = _answer(request, token)
    # The address is the key: no other site is told it, and nobody lists it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if too_many(request, what="invited-review", limit=LIMIT_PER_HOUR):
        said = _("Too many tries from here. Come back in an hour.")
        return render(request, OVER, {"said": said}, status=429)
    try:
        invitation = invitations.find(token=token, now=timezone.now())
        if request.method == "POST":
            return _decide(request, invitation, token)
        return _asked(request, invitation, NameForm(initial={"name": invitation.name}))
    except Invitation.DoesNotExist:
        said = _("There is no such link. Check that you have all of it, or ask for a new one.")
        return render(request, OVER, {"said": said}, status=404)
    except LinkOver as over:
        return render(request, OVER, {"said": str(over)}, status=410)


def _decide(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    action = "reject" if request.POST.get("decision") == "reject" else "approve"
    name = NameForm(request.POST)
    form = _forms(invitation)[action](request.POST)
    if not (name.is_valid() and form.is_valid()):
        return _asked(request, invitation, name, **{action: form})
    try:
        invitations.decide(
            token=token,
            decision=action,
            name=name.cleaned_data["name"],
            given={**form.cleaned_data, "seen": request.POST.get("seen", "")},
            at=timezone.now(),
        )
    except LinkOver:
        raise
    except ModerationRefused as refusal:
        form.add_error(None, str(refusal))
        return _asked(request, invitation, name, **{action: form})
    return render(request, "reviewing/invited_thanks.html", {"action": action})


def _forms(invitation: Invitation) -> dict[str, Any]:
    task = invitation.task_state.task.specific
    return {action: task.get_form_for_action(action) for action in ("approve", "reject")}


def _asked(
    request: HttpRequest, invitation: Invitation, name: NameForm, **sent: forms.Form
) -> HttpResponse:
    page = invitation.task_state.workflow_state.content_object
    draft = page.get_latest_revision_as_object()
    # Links and names of closed pages stay closed: the person is nobody here.
    access = access_for(None)
    context: dict[str, Any] = {
        "invitation": invitation,
        "inviter": called(invitation.invited_by),
        "draft": draft,
        "name": name,
        "approve": sent.get("approve") or _forms(invitation)["approve"](),
        "reject": sent.get("reject") or _forms(invitation)["reject"](),
        "has_errors": bool(sent),
    }
    if isinstance(draft, Artifact):
        body = render_body(draft, access)
        context |= {"parts": body.parts, "part_css": body.css}
        if page.live and page.live_revision_id:
            live = page.live_revision.as_object()
            context["comparison"] = comparisons.compare(live, draft, access)
    return render(request, "reviewing/invited.html", context, status=400 if sent else 200)
