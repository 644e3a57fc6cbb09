"""What a variant that is tried says beside its body, and its standard does not: it goes along or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, is_visible
from knowledge.governance.pilots.models import Pilot
from knowledge.governance.selectors import comparisons
from knowledge.governance.variants.differing import facts
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors.bodies import labels_of


@dataclass(frozen=True, slots=True)
class Beside:
    """One field; ``goes``: unless somebody decides otherwise."""

    name: str
    label: str
    standard: str
    tried: str
    goes: bool


def differing(pilot: Pilot, standard: Artifact) -> list[str]:
    """The names of the fields that what is tried has in another way than the live ``standard``."""
    if standard.live_revision is None:
        return []
    pair = (pilot.page_id, standard.pk)
    said, tried = standard.live_revision.content, pilot.revision.content
    return facts.differing(labels_of(standard), said, tried, pair)


def shown(pilot: Pilot, access: Access) -> Sequence[Beside]:
    """In words, for the form of who submits it. Nothing of what is no variant."""
    rows = Variant.objects.select_related("parent__live_revision")
    variant = rows.filter(page=pilot.page_id, parent__live=True).first()
    standard = variant.parent if variant is not None else None
    if standard is None or not is_visible(standard, access):
        return ()
    names = differing(pilot, standard)
    if not names or standard.live_revision is None:
        return ()
    states = [standard.live_revision.as_object(), pilot.revision.as_object()]
    said, labels = comparisons.said_in(states, names, access), labels_of(standard)
    return [Beside(one, labels[one], said[one][0], said[one][1], one != "title") for one in names]
