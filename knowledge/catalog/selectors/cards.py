"""What a card of an artifact shows; the same everywhere: lists, results, related, home."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from knowledge.catalog.kinds import Kind, Maturity
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import Category, categories, category_of, site_path
from knowledge.catalog.trust import TrustState

# What a card needs; everything else of the row is left in the database.
FIELDS = (
    *("id", "path", "title", "url_path", "bottom_line", "kind", "maturity", "effort_minutes"),
    *("next_review", "last_reviewed", "superseded_by_id", "archived_at", "version"),
)


@dataclass(frozen=True, slots=True)
class Card:
    id: int
    url: str
    title: str
    bottom_line: str
    kind: str
    kind_label: str
    trust_state: str
    trust_label: str
    effort_label: str
    maturity: int | None
    maturity_label: str
    category_title: str
    version: str = ""
    highlight: SafeString | str = ""
    passages: Sequence[SafeString] = field(default_factory=tuple)

    @property
    def is_superseded(self) -> bool:
        return self.trust_state == TrustState.SUPERSEDED

    @property
    def is_archived(self) -> bool:
        return self.trust_state == TrustState.ARCHIVED


def card(artifact: Artifact, among: Sequence[Category]) -> Card:
    """One card, from an artifact that has at least ``FIELDS``. No query."""
    state = artifact.trust_on(timezone.localdate())
    category = category_of(artifact.path, among)
    return Card(
        id=artifact.pk,
        url=site_path(artifact.url_path),
        title=artifact.title,
        bottom_line=artifact.bottom_line,
        kind=artifact.kind,
        kind_label=str(Kind(artifact.kind).label),
        trust_state=state.value,
        trust_label=str(state.label),
        effort_label=artifact.effort_label,
        maturity=artifact.maturity,
        maturity_label=str(Maturity(artifact.maturity).label) if artifact.maturity else "",
        category_title=category.title if category else "",
        version=artifact.version,
    )


def cards(artifacts: QuerySet[Artifact] | Iterable[Artifact], access: Access) -> list[Card]:
    """Cards in the order given. Two queries: the artifacts and the categories."""
    if isinstance(artifacts, QuerySet):
        artifacts = artifacts.only(*FIELDS)
    among = categories(access)
    return [card(artifact, among) for artifact in artifacts]
