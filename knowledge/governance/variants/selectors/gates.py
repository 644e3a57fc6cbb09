"""Gates of the standard that a variant lacks, and what was asked about them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.governance.variants.differing.gates import Fault, faults
from knowledge.governance.variants.models import GateRequest, Variant
from knowledge.governance.variants.selectors import bodies

State = GateRequest.State


def unmet(variant: Variant, mine: list[dict[str, Any]]) -> list[Fault]:
    """Dropped or weakened in ``mine``, whether or not the owner of the standard has agreed."""
    if variant.base is None:
        return []
    base = bodies.stored(variant.base.revision)
    now = bodies.version_now(variant)
    return faults(base, bodies.stored(now.revision) if now is not None else base, mine)


def agreed(variant: Variant) -> set[tuple[str, str]]:
    rows = GateRequest.objects.filter(variant=variant, state=State.AGREED)
    return set(rows.values_list("gate", "instead"))


def requirements(page: Artifact) -> list[str]:
    """What keeps ``page`` from being published, in words; as it is in memory. For a variant only.

    The gates are those of the version that the variant is level with: a new one comes with the
    changes of the standard, and whoever declines it is asked about it here.
    """
    if not page.pk:
        return []
    variant = (
        Variant.objects.filter(page=page.pk, parent__isnull=False)
        .select_related("parent", "base__revision")
        .first()
    )
    if variant is None:
        return []
    missing = unmet(variant, bodies.in_memory(page))
    if not missing:
        return []
    settled = agreed(variant)
    return [
        _("gate “%s” as the standard has it") % fault.gate.name
        for fault in missing
        if fault.key not in settled
    ]


def asked_of(owner: Any) -> QuerySet[GateRequest]:
    """Open requests about standards that the person answers for, the oldest first."""
    mine = Artifact.objects.filter(owner_user=owner.pk) | Artifact.objects.filter(
        owner_group__in=owner.groups.all()
    )
    rows = GateRequest.objects.filter(state=State.OPEN, variant__parent__in=mine.values("pk"))
    return rows.select_related("variant__page", "variant__parent", "asked_by").order_by("asked_at")
