"""Inviting people without an account, from the desk of one review."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from knowledge.governance.errors import ModerationRefused
from knowledge.governance.reviewing.models import Invitation
from knowledge.governance.reviewing.models.invitations import NAME_CHARS
from knowledge.governance.reviewing.services import invitations


class InviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_CHARS)
    email = forms.EmailField(label=gettext_lazy("Mail address"))


def listed(state_id: int) -> list[dict[str, Any]]:
    now = timezone.now()
    rows = Invitation.objects.filter(task_state=state_id).select_related("invited_by")
    return [
        {
            "one": one,
            "state": one.state_on(now),
            "is_open": not (one.decision or one.is_void() or one.expires_at <= now),
        }
        for one in rows[:50]
    ]


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        invitations.revoke(invitation=invitation, by=request.user, at=timezone.now())
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The link decides nothing any more."))
    return redirect("review_desk", invitation.task_state_id)
