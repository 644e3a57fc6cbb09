"""Taking over changes of the standard, or declining them. All of one form at once, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock
from wagtail.log_actions import log

from knowledge.catalog.people import called
from knowledge.governance.models import Version
from knowledge.governance.variants import permissions
from knowledge.governance.variants.differing.aligned import ORDER, Aligned, Slot
from knowledge.governance.variants.differing.applying import Way, applied
from knowledge.governance.variants.differing.facts import name_of
from knowledge.governance.variants.differing.merging import merged
from knowledge.governance.variants.errors import AnswersRefused, VariantRefused
from knowledge.governance.variants.models import Answer, Variant
from knowledge.governance.variants.models.answers import MAX_REASON_CHARS
from knowledge.governance.variants.selectors import asking, bodies, questions
from knowledge.governance.variants.services import counting
from knowledge.governance.variants.services.carrying import carry

Decision = Answer.Decision


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says to one change; ``way`` counts where both sides changed the part."""

    key: str
    seen: str
    take: bool
    way: Way = Way.BOTH
    reason: str = ""


@transaction.atomic
def answer(*, variant: Variant, by: Any, choices: Iterable[Choice], at: datetime) -> Variant:
    """Take what is taken over into the newest draft, keep what is declined with its reason.

    Nothing else of the draft changes. When all is answered, the draft is level with the version.

    Raises:
        PermissionDenied: ``by`` may not edit the variant, or not read the standard.
        AnswersRefused: of one part or more, with the reasons; nothing was changed.
        VariantRefused: the standard is not available, nothing was chosen, or the page is locked.
    """
    variant, now = _held(variant, by)
    choices = list(choices)
    if not choices:
        raise VariantRefused(_("Choose for at least one change what becomes of it."))
    found = bodies.of_draft(variant, now)
    _refuse_faults(variant, found, choices)
    wanted = [(one.key, one.way) for one in choices if one.take]
    block = bodies.block_of(variant.page)
    labels = {one.key: questions.label_of(block, found, one.key) for one in choices}
    if wanted:
        _write(variant, now, found, wanted, by)
    page = variant.page.specific
    for one in choices:
        slot = found.of(one.key)
        row = Answer.objects.create(
            variant=variant,
            part=one.key,
            said=found.order if one.key == ORDER else slot.now if slot else "",
            label=labels[one.key],
            version=now.number,
            decision=Decision.ACCEPTED if one.take else Decision.DECLINED,
            reason=_short(one.reason),
            by=by,
            at=at,
        )
        data = {"part": row.label, "version": now.number, "reason": row.reason}
        log(page, f"governance.variant_{row.decision}", user=by, data=data)
    return counting.recount(variant_id=variant.pk) or variant


def _held(variant: Variant, by: Any) -> tuple[Variant, Version]:
    """The row, locked: of two people who answer at once the second sees what the first did."""
    rows = Variant.objects.select_for_update(of=("self",)).select_related(*counting.RELATED)
    variant = rows.get(pk=variant.pk)
    if not permissions.keeps(by, variant.page):
        raise PermissionDenied("Only who may edit the variant answers.")
    if not permissions.may_read_standard(by, variant):
        raise VariantRefused(_("The standard is not available. The variant stands for itself."))
    now = bodies.version_now(variant)
    if now is None:
        raise VariantRefused(_("The standard is not available. The variant stands for itself."))
    return variant, now


def _refuse_faults(variant: Variant, found: Aligned, choices: Iterable[Choice]) -> None:
    open_keys = set(asking.of_draft(variant, found))
    known = {(row.part, row.said): row for row in variant.answers.select_related("by")}
    block = bodies.block_of(variant.page)
    faults = {}
    for one in choices:
        slot = found.of(one.key)
        said = found.order if one.key == ORDER else slot.now if slot else ""
        before = known.get((one.key, said))
        if before is not None:
            facts = {
                "who": called(before.by) or _("Somebody"),
                "what": before.get_decision_display(),
            }
            faults[one.key] = _("%(who)s has answered this already: %(what)s.") % facts
        elif one.key not in open_keys or one.seen != questions.seen(found, one.key):
            faults[one.key] = _(
                "This was changed while you read it. Look at it again, then decide."
            )
        elif not one.take and not _short(one.reason):
            faults[one.key] = _("Say why the variant does not take this over.")
        elif one.take and one.way is Way.BOTH and slot and _clashes(block, slot):
            faults[one.key] = _("Both changed the same: say which of the texts shall stand.")
    if faults:
        raise AnswersRefused(faults)


def _clashes(block: StreamBlock, slot: Slot) -> bool:
    return slot.is_conflict and merged(block, slot) is None


def _write(
    variant: Variant, now: Version, found: Aligned, wanted: list[tuple[str, Way]], by: Any
) -> None:
    page = variant.page.specific.get_latest_revision_as_object()
    if page.permissions_for_user(by).page_locked():
        raise VariantRefused(_("The page is locked: it is under review, or somebody holds it."))
    block = bodies.block_of(variant.page)
    base = bodies.stored(variant.base.revision) if variant.base else []
    theirs, mine = bodies.stored(now.revision), bodies.stored(variant.page.latest_revision)
    names = {key: name_of(slot) for key, _way in wanted if (slot := found.of(key)) is not None}
    parts = [(key, way) for key, way in wanted if not names.get(key)]
    if parts:
        page.body = block.to_python(applied(block, base, theirs, mine, parts))
    beside = [name for name in names.values() if name]
    if beside:
        carry(beside, source=now.revision.as_object(), into=page)
    page.save_revision(user=by, clean=False, log_action=True)


def _short(text: str) -> str:
    return text.replace("\0", "").strip()[:MAX_REASON_CHARS]
