"""Asking to do without a gate of the standard, and answering that."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.permissions import access_of, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.models import GateRequest
from knowledge.governance.variants.models.gates import MAX_WORDS_CHARS
from knowledge.governance.variants.selectors.shown import shown
from knowledge.governance.variants.services import gates
from knowledge.governance.variants.views.deciding import context_of, kept


@login_required
@require_POST
def ask(request: HttpRequest, variant_id: int) -> HttpResponse:
    variant = kept(request, variant_id)
    gate = request.POST.get("gate", "")
    reason = request.POST.get("reason", "")
    try:
        gates.ask(variant=variant, by=request.user, gate=gate, reason=reason, at=timezone.now())
    except VariantRefused as refusal:
        context = context_of(request, shown(variant, access_of(request)))
        context |= {"gate_error": str(refusal), "gate_asked": gate}
        return render(request, "variants/show.html", context, status=400)
    messages.success(request, _("The owner of the standard is asked. You hear of the answer."))
    return redirect("variants:show", variant.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, request_id: int) -> HttpResponse:
    """For the owner of the standard; nobody else knows of the request."""
    rows = GateRequest.objects.select_related(
        "variant__page", "variant__parent", "asked_by", "decided_by"
    )
    asked = rows.filter(pk=request_id).first()
    if asked is None or not gates.may_decide(asked, request.user):
        raise Http404
    context: dict[str, Any] = {
        "asked": asked,
        "page": asked.variant.page,
        "page_url": site_path(asked.variant.page.url_path)
        if is_visible(asked.variant.page, access_of(request))
        else "",
        "standard": asked.variant.parent,
        "max_words": MAX_WORDS_CHARS,
        "word": request.POST.get("word", ""),
    }
    if request.method != "POST":
        return render(request, "variants/gate.html", context)
    decision = request.POST.get("decision")
    try:
        if decision not in ("agree", "refuse"):
            raise VariantRefused(_("Say whether you agree."))
        gates.decide(
            request=asked,
            by=request.user,
            agree=decision == "agree",
            word=context["word"],
            at=timezone.now(),
        )
    except VariantRefused as refusal:
        asked.refresh_from_db()
        context["error"] = str(refusal)
        return render(request, "variants/gate.html", context, status=400)
    messages.success(request, _("Your answer is kept, and both sides hear of it."))
    return redirect("variants:gate", asked.pk)
