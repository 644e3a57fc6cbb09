"""Proposing a change, and the thread of a proposal, on the public site. For people with a name."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.errors import ProposalRefused
from knowledge.governance.proposals import parts, selectors, services
from knowledge.governance.proposals.models import MAX_PROPOSED_CHARS, MAX_WORDS_CHARS, Proposal
from knowledge.governance.throttle import too_many

LIMIT_PER_HOUR = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, page_id: int) -> HttpResponse:
    """First the part, ``?part=``, then the words."""
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    page = page.specific
    target = request.POST.get("part") or request.GET.get("part") or ""
    part = parts.find(page, target) if target else None
    context: dict[str, Any] = {
        "page": page,
        "back_url": site_path(page.url_path),
        "parts": list(parts.of(page)),
        "part": part,
        "text": request.POST.get("text", part.text if part else ""),
        "reason": request.POST.get("reason", ""),
        "max_text": MAX_PROPOSED_CHARS,
        "max_words": MAX_WORDS_CHARS,
    }
    if request.method != "POST":
        return render(request, "proposals/new.html", context)
    if too_many(request, what="proposal", limit=LIMIT_PER_HOUR):
        context["errors"] = {"text": _("That was a lot in one hour. Please try again later.")}
        return render(request, "proposals/new.html", context, status=429)
    try:
        made = services.propose(
            page=page,
            by=request.user,
            target=target,
            text=context["text"],
            reason=context["reason"],
        )
    except ProposalRefused as refusal:
        context["errors"] = {refusal.field: str(refusal)}
        return render(request, "proposals/new.html", context, status=400)
    messages.success(request, _("Thank you. The owner hears of your proposal."))
    return redirect("proposals:show", made.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The proposal with its thread; a POST adds to it."""
    rows = Proposal.objects.select_related("page", "author", "decided_by")
    proposal = get_object_or_404(rows, pk=proposal_id)
    if not services.may_read(request.user, proposal):
        raise Http404
    error, status = "", 200
    if request.method == "POST":
        try:
            services.remark(proposal=proposal, by=request.user, text=request.POST.get("remark", ""))
        except ProposalRefused as refusal:
            error, status = str(refusal), 400
        else:
            return redirect("proposals:show", proposal.pk)
    return render(
        request, "proposals/show.html", shown(proposal, request) | {"error": error}, status=status
    )


def shown(proposal: Proposal, request: HttpRequest) -> dict[str, Any]:
    """What both pages of a proposal need: for its proposer and for those who decide."""
    may_decide = services.may_decide(request.user, proposal.page)
    return {
        "proposal": proposal,
        "difference": selectors.difference(proposal.before, proposal.text),
        "remarks": proposal.remarks.select_related("author")[:200],
        "may_decide": may_decide,
        "page_url": site_path(proposal.page.url_path),
        "max_words": MAX_WORDS_CHARS,
    }


def refuse_unless_deciding(request: HttpRequest, proposal: Proposal) -> None:
    if not services.may_decide(request.user, proposal.page):
        raise PermissionDenied
