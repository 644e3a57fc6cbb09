"""What of the standard waits for an answer of the variant's people."""

from collections.abc import Iterable

from knowledge.governance.variants.differing.aligned import ORDER, Aligned
from knowledge.governance.variants.models import Answer, Variant


def answered(variant: Variant, *decisions: str) -> set[tuple[str, str]]:
    """Parts and what the standard said in them, with one of these answers."""
    rows = variant.answers.filter(decision__in=decisions)
    return set(rows.values_list("part", "said"))


def keys(found: Aligned, settled: Iterable[tuple[str, str]]) -> list[str]:
    """The parts that ask, in the order of the standard; the order of all of them comes last."""
    settled = set(settled)
    asking = [slot.key for slot in found.asking() if (slot.key, slot.now) not in settled]
    if found.asks_for_order and (ORDER, found.order) not in settled:
        asking.append(ORDER)
    return asking


def of_draft(variant: Variant, found: Aligned) -> list[str]:
    """What nobody has answered yet."""
    return keys(found, answered(variant, *Answer.Decision.values))


def of_live(variant: Variant, found: Aligned) -> list[str]:
    """What readers do not have of the standard, but for what was declined."""
    return keys(found, answered(variant, Answer.Decision.DECLINED))
