"""The page of a variant for the people who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.catalog.permissions import Access, is_visible
from knowledge.catalog.selectors.reading import Trust, trust_line
from knowledge.governance.variants.differing.gates import Fault
from knowledge.governance.variants.models import Answer, GateRequest, Variant
from knowledge.governance.variants.selectors import bodies, gates, questions
from knowledge.governance.variants.selectors.questions import Question

ANSWERS = 20


@dataclass(frozen=True, slots=True)
class LackingGate:
    """A gate that the draft has dropped or weakened, and the last word about it."""

    fault: Fault
    request: GateRequest | None

    @property
    def may_ask(self) -> bool:
        return self.request is None or self.request.state == GateRequest.State.REFUSED


@dataclass(frozen=True, slots=True)
class Shown:
    """Without ``trust`` there is no standard for this person, whatever the reason."""

    variant: Variant
    title: str
    trust: Trust | None
    questions: Sequence[Question]
    gates: Sequence[LackingGate]
    answers: Sequence[Answer]


def shown(variant: Variant, access: Access) -> Shown:
    """A fixed number of queries."""
    page, parent = variant.page, variant.parent
    found = Shown(variant, variant.title, None, (), (), ())
    if parent is None or not is_visible(parent, access):
        return found
    now = bodies.version_now(variant)
    asked = GateRequest.objects.filter(variant=variant).order_by("asked_at")
    said = {(row.gate, row.instead): row for row in asked}
    draft = bodies.stored(page.latest_revision)
    return replace(
        found,
        trust=trust_line(parent, access),
        questions=questions.of(variant, now, access) if now is not None else (),
        gates=[LackingGate(one, said.get(one.key)) for one in gates.unmet(variant, draft)],
        answers=list(variant.answers.select_related("by")[:ANSWERS]),
    )
