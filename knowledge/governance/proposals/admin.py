"""Proposals in the admin: the list, and the page on which one is decided."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from knowledge.governance.errors import ProposalRefused
from knowledge.governance.proposals import parts, selectors, services
from knowledge.governance.proposals.models import Proposal
from knowledge.governance.proposals.views import refuse_unless_deciding, shown

LISTED = 50


class ProposalsMenuItem(MenuItem):
    """Shown to those who look after a page; the list holds only what is theirs."""

    def is_shown(self, request: HttpRequest) -> bool:
        return selectors.looks_after_pages(request.user)


def index(request: HttpRequest) -> HttpResponse:
    listed = Paginator(selectors.looked_after_by(request.user), LISTED)
    context = {"listed": listed.get_page(request.GET.get("p"))}
    return render(request, "proposals/admin/index.html", context)


def decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Old against proposed; accept, decline with a reason, or say something."""
    rows = Proposal.objects.select_related("page", "author", "decided_by")
    proposal = get_object_or_404(rows, pk=proposal_id)
    refuse_unless_deciding(request, proposal)
    if request.method == "POST":
        try:
            return _act(request, proposal)
        except ProposalRefused as refusal:
            messages.error(request, str(refusal))
    now = parts.find(proposal.page.get_latest_revision_as_object(), proposal.target)
    changed = proposal.is_open and services.has_changed(proposal)
    context: dict[str, Any] = shown(proposal, request) | {
        "changed": changed,
        "now": now,
        "by_hand": proposal.is_open and (now is None or not now.is_text),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[proposal.page_id]),
        "note": request.POST.get("note", ""),
        "said": request.POST.get("remark", ""),
    }
    return render(request, "proposals/admin/decide.html", context)


def _act(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    here = redirect("proposal_decide", proposal.pk)
    match request.POST.get("action"):
        case "accept":
            taken = services.accept(
                proposal=proposal,
                by=request.user,
                at=timezone.now(),
                despite_change=bool(request.POST.get("despite_change")),
            )
            if taken.revision is None:
                messages.warning(request, _("Accepted. Write it in by hand, as shown here."))
                return here
            messages.success(request, _("Accepted: it stands in the draft. Submit or publish it."))
            return redirect("wagtailadmin_pages:edit", proposal.page_id)
        case "decline":
            note = request.POST.get("note", "")
            services.decline(proposal=proposal, by=request.user, at=timezone.now(), note=note)
            messages.success(request, _("Declined. Who proposed it hears why."))
        case "remark":
            text = request.POST.get("remark", "")
            services.remark(proposal=proposal, by=request.user, text=text)
    return here
