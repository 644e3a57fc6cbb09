"""Asking whether a variant may do without a gate of its standard, and the answer."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.people import called
from knowledge.governance.variants import permissions
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.models import GateRequest, Variant
from knowledge.governance.variants.models.gates import MAX_WORDS_CHARS
from knowledge.governance.variants.selectors import bodies, gates
from knowledge.governance.variants.services import letters

State = GateRequest.State


@transaction.atomic
def ask(*, variant: Variant, by: Any, gate: str, reason: str, at: datetime) -> GateRequest:
    """Ask the owner of the standard about the newest draft; ``gate`` is the gate's fingerprint.

    Raises:
        PermissionDenied: ``by`` may not edit the variant.
        VariantRefused: the draft has the gate, no reason is given, or it was asked already.
    """
    rows = Variant.objects.select_for_update(of=("self",))
    variant = rows.select_related("page", "parent", "base__revision").get(pk=variant.pk)
    if not permissions.keeps(by, variant.page) or variant.parent is None:
        raise PermissionDenied("Only who may edit the variant asks.")
    draft = bodies.stored(variant.page.latest_revision)
    fault = next((one for one in gates.unmet(variant, draft) if one.gate.fingerprint == gate), None)
    if fault is None:
        raise VariantRefused(_("The draft has this gate as the standard has it. Nothing to ask."))
    reason = reason.replace("\0", "").strip()[:MAX_WORDS_CHARS]
    if not reason:
        raise VariantRefused(_("Say why the team does without it."), f"reason-{gate}")
    known = GateRequest.objects.filter(variant=variant, gate=fault.key[0], instead=fault.key[1])
    if known.exclude(state=State.REFUSED).exists():
        raise VariantRefused(_("The owner of the standard was asked about this already."))
    asked = GateRequest.objects.create(
        variant=variant,
        gate=fault.key[0],
        instead=fault.key[1],
        name=fault.gate.name,
        was=dict(fault.gate.value),
        becomes=dict(fault.instead.value) if fault.instead else None,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    page = variant.page.specific
    log(page, "governance.gate_asked", user=by, data={"gate": asked.name, "reason": reason})
    letters.send(
        to=letters.who_see(letters.people_of(variant.parent), variant.parent),
        subject=_("A variant of %s asks to do without a gate") % variant.parent.title,
        lines=[f"{called(by)}: {asked.name}", reason],
        path=reverse("variants:gate", args=[asked.pk]),
    )
    return asked


def may_decide(request: GateRequest, user: Any) -> bool:
    """The owner of the standard; nobody else, and administrators where they own it too."""
    parent = request.variant.parent
    return parent is not None and (user.is_superuser or permissions.owns(user, parent))


@transaction.atomic
def decide(*, request: GateRequest, by: Any, agree: bool, word: str, at: datetime) -> GateRequest:
    """Agree or refuse, once; both sides hear of it.

    Raises:
        PermissionDenied: ``by`` does not answer for the standard.
        VariantRefused: it is decided already, or a refusal has no word.
    """
    rows = GateRequest.objects.select_for_update(of=("self",))
    request = rows.select_related("variant__page", "variant__parent", "asked_by").get(pk=request.pk)
    parent = request.variant.parent
    if parent is None or not may_decide(request, by):
        raise PermissionDenied("Only the owner of the standard decides about its gates.")
    if not request.is_open:
        raise VariantRefused(_("Somebody has decided this already. Nothing was changed."))
    word = word.replace("\0", "").strip()[:MAX_WORDS_CHARS]
    if not agree and not word:
        raise VariantRefused(_("Say why the gate has to stay."), "word")
    request.state = State.AGREED if agree else State.REFUSED
    request.word, request.decided_by, request.decided_at = word, by, at
    request.save()
    page = request.variant.page.specific
    action = "governance.gate_agreed" if agree else "governance.gate_refused"
    log(page, action, user=by, data={"gate": request.name, "word": word})
    said = [f"{request.name}: {request.get_state_display()}", *([word] if word else [])]
    asked_by = [request.asked_by] if request.asked_by else []
    theirs = letters.who_see([*asked_by, *letters.people_of(page)], parent)
    letters.send(
        to=theirs,
        subject=_("About a gate of %s") % parent.title,
        lines=said,
        path=reverse("variants:show", args=[request.variant_id]),
    )
    told = {person.pk for person in theirs}
    letters.send(
        to=[one for one in letters.people_of(parent) if one.pk not in told],
        subject=_("About a gate of %s") % parent.title,
        lines=[f"{called(by)}:", *said],
        path=reverse("variants:gate", args=[request.pk]),
    )
    return request
