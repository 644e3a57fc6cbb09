"""What a card of an artifact shows; the same everywhere: lists, results, related, home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Choices, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind, Maturity
from knowledge.catalog.models import Artifact
from knowledge.catalog.models.artifact import effort_words
from knowledge.catalog.selectors.categories import site_path
from knowledge.catalog.trust import TrustState, trust_state

# What a card needs; everything else of the row is left in the database.
FIELDS = (
    *("id", "title", "url_path", "bottom_line", "kind", "maturity", "effort_minutes"),
    *("next_review", "last_reviewed", "superseded_by_id", "archived_at"),
    *("version", "last_good_run", "last_good_run_version"),
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
    maturity_label: str
    # The day of the last run that succeeded on the live version.
    proved_on: date | None = None
    # Of a search: the bottom line with marks, when words were found in it; and other passages.
    marked_line: SafeString | str = ""
    passages: Sequence[SafeString] = ()
    # The heading that the passage stands under, and its address.
    section: str = ""
    section_url: str = ""

    @property
    def is_superseded(self) -> bool:
        return self.trust_state == TrustState.SUPERSEDED

    @property
    def is_archived(self) -> bool:
        return self.trust_state == TrustState.ARCHIVED


def cards(artifacts: QuerySet[Artifact]) -> list[Card]:
    """Cards in the order given. One query, of columns: whole artifacts take thrice the time."""
    today = timezone.localdate()
    return [_card(row, today) for row in artifacts.values(*FIELDS)]


def _card(row: dict[str, Any], today: date) -> Card:
    state = trust_state(
        today=today,
        next_review=row["next_review"],
        last_reviewed=row["last_reviewed"],
        superseded=row["superseded_by_id"] is not None,
        archived=row["archived_at"] is not None,
    )
    return Card(
        id=row["id"],
        url=site_path(row["url_path"]),
        title=row["title"],
        bottom_line=row["bottom_line"],
        kind=row["kind"],
        kind_label=_label(Kind, row["kind"]),
        trust_state=state.value,
        trust_label=_label(TrustState, state.value),
        effort_label=effort_words(row["effort_minutes"]),
        maturity_label=_maturity(row["maturity"]) if row["maturity"] else "",
        proved_on=row["last_good_run"] if row["last_good_run_version"] == row["version"] else None,
    )


# The site speaks one language, and looking a word up costs more than the rest of a card.
@lru_cache
def _label(choices: type[Choices], value: Any) -> str:
    return str(choices(value).label)


@lru_cache
def _maturity(level: int) -> str:
    return _("Maturity %(level)s, %(name)s") % {"level": level, "name": Maturity(level).label}
