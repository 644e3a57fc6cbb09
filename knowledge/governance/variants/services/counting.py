"""How far a variant is from its standard, and with which version it is level. Safe to repeat."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from knowledge.catalog.services import freshness
from knowledge.governance.models import Version
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import asking, bodies

RELATED = ("page__latest_revision", "page__live_revision", "parent", "base__revision")
MOST = 1000


def stale() -> list[int]:
    """Ids of variants that were compared with other revisions than the live ones, or not told of."""
    # Zero stands for none: what is not there cannot be compared by the database.
    now = {
        "of_now": Coalesce("parent__live_revision", 0),
        "in_now": Coalesce("page__live_revision", 0),
        "of_then": Coalesce("counted_of", 0),
        "in_then": Coalesce("counted_in", 0),
    }
    moved = ~Q(of_then=F("of_now")) | ~Q(in_then=F("in_now"))
    untold = ~Q(told=F("parent__version")) & Q(parent__live=True)
    rows = Variant.objects.filter(parent__isnull=False).annotate(**now).filter(moved | untold)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])


@transaction.atomic
def recount(*, variant_id: int) -> Variant | None:
    """Compare again. A state that asks nothing more is level with the version of today."""
    rows = Variant.objects.select_for_update(of=("self",)).filter(pk=variant_id)
    variant = rows.select_related(*RELATED, "live_base__revision").first()
    if variant is None:
        return None
    if variant.counted_in != variant.page.live_revision_id and _is_all_live(variant):
        # The draft has gone to the readers, with all that was taken over into it.
        variant.live_base = variant.base
    now = bodies.version_now(variant)
    if now is not None and not asking.of_draft(variant, bodies.of_draft(variant, now)):
        variant.base = now
    shown = bodies.of_live if variant.page.live else bodies.of_draft
    if not variant.page.live:
        variant.live_base = variant.base
    found = shown(variant, now)
    behind = asking.of_live(variant, found) if now is not None else []
    if now is not None and not behind:
        variant.live_base = now
        found = shown(variant, now)
    variant.behind, variant.own = len(behind), sum(1 for _one in found.own())
    variant.counted = now.number if now is not None else ""
    variant.behind_since = _since(variant) if behind else None
    variant.counted_of = variant.parent.live_revision_id if variant.parent else None
    variant.counted_in = variant.page.live_revision_id
    variant.save()
    freshness.bump()
    return variant


def _is_all_live(variant: Variant) -> bool:
    return bool(
        variant.page.live and variant.page.live_revision_id == variant.page.latest_revision_id
    )


def _since(variant: Variant) -> datetime | None:
    """When the first version came out that the variant is behind."""
    later = Version.objects.filter(page=variant.parent)
    if variant.live_base is not None:
        later = later.filter(published_at__gt=variant.live_base.published_at)
    first = later.order_by("published_at").values_list("published_at", flat=True).first()
    return first
