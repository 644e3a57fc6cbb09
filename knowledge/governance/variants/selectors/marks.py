"""What of a variant is its own, for the readers of its page."""

from dataclasses import dataclass

from wagtail.blocks import StreamBlock

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.comparing import wording
from knowledge.governance.variants.differing.aligned import Standing
from knowledge.governance.variants.differing.rows import Raw
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import bodies
from knowledge.governance.variants.selectors.drift import words


@dataclass(frozen=True, slots=True)
class Origin:
    """``marks``: by the id of a part what it is, but for parts that are as in the standard."""

    title: str
    url: str
    version: str
    drift: str
    is_level: bool
    marks: dict[str, Standing]
    left_out: tuple[str, ...]
    as_in_standard: int

    @property
    def own(self) -> int:
        return sum(one == Standing.OWN for one in self.marks.values())

    @property
    def changed(self) -> int:
        return sum(one == Standing.CHANGED for one in self.marks.values())


def origin(page: Artifact, access: Access) -> Origin | None:
    """None for what is no variant, and for who may not see the standard. At most two queries."""
    variant = (
        Variant.objects.filter(page=page.pk, parent__isnull=False)
        .select_related("parent", "live_base__revision", "page__live_revision")
        .first()
    )
    if variant is None or variant.parent is None or variant.live_base is None:
        return None
    if not is_visible(variant.parent, access):
        return None
    found = bodies.of_live(variant, None)
    marks: dict[str, Standing] = {
        str(slot.mine.get("id")): slot.standing
        for slot in found.mine
        if slot.mine is not None and slot.standing != Standing.SAME
    }
    block = bodies.block_of(page)
    return Origin(
        title=variant.parent.title,
        url=site_path(variant.parent.url_path),
        version=variant.live_base.number,
        drift=words(variant),
        is_level=variant.is_level,
        marks=marks,
        left_out=tuple(
            named(block, slot.base)
            for slot in found.own()
            if slot.standing == Standing.LEFT_OUT and slot.base is not None
        ),
        as_in_standard=len(found.mine) - len(marks),
    )


def named(parent: StreamBlock, raw: Raw) -> str:
    """What a part is called in a list: its sort, and its first words where it has a name."""
    child = parent.child_blocks[raw["type"]]
    title = wording.title_of(child, raw.get("value"))
    return f"{child.label}: {title}" if title else str(child.label)
