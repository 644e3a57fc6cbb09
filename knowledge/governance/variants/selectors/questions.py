"""Each change of the standard that waits for an answer, as its page shows it: before, now, and mine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock

from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.body import render_context
from knowledge.governance.comparing.parts import Comparer
from knowledge.governance.comparing.result import Item, Unchanged, fold
from knowledge.governance.models import Version
from knowledge.governance.selectors import comparisons
from knowledge.governance.selectors.comparisons import names_in
from knowledge.governance.variants.differing.aligned import ORDER, Aligned, Slot
from knowledge.governance.variants.differing.facts import name_of
from knowledge.governance.variants.differing.merging import merged
from knowledge.governance.variants.differing.rows import Raw, fingerprint
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import asking, bodies
from knowledge.governance.variants.selectors.marks import named
from templates_lib.markdown.render import render
from templates_lib.rendering import rendering


@dataclass(frozen=True, slots=True)
class Text:
    """One of the three states; without ``html`` the part is not there."""

    label: str
    html: SafeString | None


@dataclass(frozen=True, slots=True)
class Question:
    """``seen`` stands for what is shown: an answer to something else is not taken.

    ``goes_together``: both changed the part, and what each changed can stand side by side.
    """

    key: str
    label: str
    change: str
    seen: str
    is_conflict: bool
    goes_together: bool
    theirs: Sequence[Item | Unchanged]
    mine: Sequence[Item | Unchanged]
    texts: Sequence[Text]


def of(variant: Variant, now: Version, access: Access) -> list[Question]:
    """In the order of the standard. The query count does not depend on how many there are."""
    found = bodies.of_draft(variant, now)
    keys = asking.of_draft(variant, found)
    block = bodies.block_of(variant.page)
    asked = [slot for key in keys if (slot := found.of(key)) is not None]
    beside = [slot for slot in asked if name_of(slot)]
    slots = [slot for slot in asked if not name_of(slot)]
    raw = [one for slot in slots for one in (slot.base, slot.theirs, slot.mine) if one is not None]
    comparer = Comparer(names_in(raw, access))
    with rendering(render_context(block.to_python(raw), access)):
        questions = [_of_slot(block, slot, comparer) for slot in slots]
    questions = [*_of_facts(variant, now, beside, access), *questions]
    if ORDER in keys:
        questions.append(_of_order(block, found))
    return questions


def seen(found: Aligned, key: str) -> str:
    """Another one as soon as the standard or the variant says something else there."""
    if key == ORDER:
        return f"{found.order}.{fingerprint({'type': ORDER, 'value': list(found.has)})}"
    slot = found.of(key)
    return f"{slot.now}.{fingerprint(slot.mine)}" if slot is not None else ""


def label_of(block: StreamBlock, found: Aligned, key: str) -> str:
    if key == ORDER:
        return _("Order of the parts")
    slot = found.of(key)
    shown = slot and (slot.theirs or slot.base)
    if slot is None or not shown:
        return ""
    return str(shown["label"]) if name_of(slot) else named(block, shown)[:255]


def _of_facts(
    variant: Variant, now: Version, slots: Sequence[Slot], access: Access
) -> list[Question]:
    """What changed beside the body, each as three texts. No query without one."""
    if not slots or variant.base is None:
        return []
    revisions = (variant.base.revision, now.revision, variant.page.latest_revision)
    states = [revision.as_object() for revision in revisions]
    said = comparisons.said_in(states, [name_of(slot) for slot in slots], access)
    labels = (_("Before"), _("Now"), _("Mine"))
    return [
        Question(
            key=slot.key,
            label=str((slot.theirs or {}).get("label")),
            change=_("Changed in the standard"),
            seen=f"{slot.now}.{fingerprint(slot.mine)}",
            is_conflict=slot.is_conflict,
            goes_together=False,
            theirs=(),
            mine=(),
            texts=[
                Text(label, linebreaks_filter(words or _("(empty)")))
                for label, words in zip(labels, said[name_of(slot)], strict=True)
            ],
        )
        for slot in slots
    ]


def _of_slot(block: StreamBlock, slot: Slot, comparer: Comparer) -> Question:
    shown = slot.theirs or slot.base
    assert shown is not None  # noqa: S101 - the standard has what asks, or had it
    if slot.base is None:
        change = _("New in the standard")
    elif slot.theirs is None:
        change = _("Dropped from the standard")
    else:
        change = _("Changed in the standard")
    return Question(
        key=slot.key,
        label=named(block, shown),
        change=change,
        seen=f"{slot.now}.{fingerprint(slot.mine)}",
        is_conflict=slot.is_conflict,
        goes_together=slot.is_conflict and merged(block, slot) is not None,
        theirs=fold(comparer.bodies(block, _listed(slot.base), _listed(slot.theirs))),
        mine=fold(comparer.bodies(block, _listed(slot.base), _listed(slot.mine)))
        if slot.is_conflict
        else (),
        texts=[
            Text(_("Before"), _html(block, slot.base)),
            Text(_("Now"), _html(block, slot.theirs)),
            Text(_("Mine"), _html(block, slot.mine)),
        ],
    )


def _of_order(block: StreamBlock, found: Aligned) -> Question:
    names = {
        slot.key: named(block, shown)
        for slot in found.slots
        if (shown := slot.mine or slot.theirs or slot.base) is not None
    }
    lists = ((_("Before"), found.before), (_("Now"), found.after), (_("Mine"), found.has))
    return Question(
        key=ORDER,
        label=_("Order of the parts"),
        change=_("Changed in the standard"),
        seen=seen(found, ORDER),
        is_conflict=False,
        goes_together=False,
        theirs=(),
        mine=(),
        texts=[Text(label, _numbered(names[key] for key in keys)) for label, keys in lists],
    )


def _listed(one: Raw | None) -> list[Raw]:
    return [] if one is None else [one]


def _html(block: StreamBlock, one: Raw | None) -> SafeString | None:
    if one is None:
        return None
    child = block.to_python([one])[0]
    return render(child.block.as_markdown(child.value))


def _numbered(names: Iterable[str]) -> SafeString:
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((n,) for n in names)))
