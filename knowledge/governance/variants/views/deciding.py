"""What the standard has changed, and what becomes of it in the variant. For who may edit it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.permissions import access_of, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants import permissions
from knowledge.governance.variants.differing.applying import Way
from knowledge.governance.variants.errors import AnswersRefused, VariantRefused
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.models.answers import MAX_REASON_CHARS
from knowledge.governance.variants.selectors.shown import Shown, shown
from knowledge.governance.variants.services import answering, counting
from knowledge.governance.variants.services.answering import Choice

# What a person may choose for a change.
TAKE, THEIRS, DECLINE = "take", "theirs", "decline"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, variant_id: int) -> HttpResponse:
    """A POST answers; what was typed stays when something is missing."""
    variant = kept(request, variant_id)
    found = shown(variant, access_of(request))
    if request.method != "POST":
        return render(request, "variants/show.html", context_of(request, found))
    choices = _choices(request, found)
    try:
        answered = answering.answer(
            variant=variant, by=request.user, choices=choices, at=timezone.now()
        )
    except VariantRefused as refusal:
        faults = refusal.faults if isinstance(refusal, AnswersRefused) else {}
        context = context_of(request, found, faults) | {"error": str(refusal)}
        return render(request, "variants/show.html", context, status=400)
    if any(one.take for one in choices):
        messages.success(request, _("It stands in the draft of the variant. Submit or publish it."))
    else:
        messages.success(request, _("Your answer is kept."))
    return redirect("variants:show", answered.pk)


def kept(request: HttpRequest, variant_id: int) -> Variant:
    """For who may edit it; for everybody else it does not exist."""
    rows = Variant.objects.select_related(*counting.RELATED, "team")
    variant = rows.filter(pk=variant_id).first()
    if variant is None or not permissions.keeps(request.user, variant.page):
        raise Http404
    return variant


def context_of(
    request: HttpRequest, found: Shown, faults: dict[str, str] | None = None
) -> dict[str, Any]:
    page, parent = found.variant.page, found.variant.parent
    faults = faults or {}
    known = {one.key for one in found.questions}
    return {
        "shown": found,
        "variant": found.variant,
        "page_url": site_path(page.url_path) if is_visible(page, access_of(request)) else "",
        "standard": parent if found.trust is not None else None,
        "standard_url": site_path(parent.url_path) if parent and found.trust else "",
        "rows": [
            {
                "question": one,
                "choice": request.POST.get(f"choice-{one.key}", ""),
                "reason": request.POST.get(f"reason-{one.key}", ""),
                "fault": faults.get(one.key, ""),
            }
            for one in found.questions
        ],
        # Of what somebody else answered meanwhile, and so is not asked any more.
        "gone": [message for key, message in faults.items() if key not in known],
        "conflicts": sum(one.is_conflict for one in found.questions),
        "max_reason": MAX_REASON_CHARS,
    }


def _choices(request: HttpRequest, found: Shown) -> list[Choice]:
    """What was sent: for each change that was shown then, not for those that are open now."""
    sent = request.POST
    keys = [name.removeprefix("seen-") for name in sent if name.startswith("seen-")]
    if "all" in sent:
        open_keys = {one.key for one in found.questions if not one.is_conflict}
        return [Choice(key, sent[f"seen-{key}"], take=True) for key in keys if key in open_keys]
    chosen = {key: sent.get(f"choice-{key}", "") for key in keys}
    return [
        Choice(
            key=key,
            seen=sent[f"seen-{key}"],
            take=choice in (TAKE, THEIRS),
            way=Way.THEIRS if choice == THEIRS else Way.BOTH,
            reason=sent.get(f"reason-{key}", ""),
        )
        for key, choice in chosen.items()
        if choice in (TAKE, THEIRS, DECLINE)
    ]
