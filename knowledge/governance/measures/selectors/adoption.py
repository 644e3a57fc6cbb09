"""Use, reuse, satisfaction and data quality by section and by kind, out of figures of artifacts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS
from knowledge.catalog.trust import TrustState
from knowledge.governance.measures.selectors.usage import Figures, UsedArtifact


@dataclass(slots=True)
class Adoption:
    """``used``: artifacts with at least one view, download or run."""

    name: str
    depth: int = 0
    artifacts: int = 0
    used: int = 0
    verified: int = 0
    figures: Figures = field(default_factory=Figures)

    @property
    def used_share(self) -> int:
        return round(100 * self.used / self.artifacts) if self.artifacts else 0

    @property
    def verified_share(self) -> int:
        return round(100 * self.verified / self.artifacts) if self.artifacts else 0

    @property
    def reuse(self) -> int:
        return self.figures.downloads + self.figures.runs

    def count(self, one: UsedArtifact) -> None:
        self.artifacts += 1
        self.verified += one.trust == TrustState.VERIFIED
        self.used += bool(one.figures.views or one.figures.downloads or one.figures.runs)
        self.figures.add(one.figures)


def by_kind(artifacts: Iterable[UsedArtifact]) -> list[Adoption]:
    """In the order of the kinds; those without an artifact are left out."""
    found: dict[str, Adoption] = {}
    for one in artifacts:
        found.setdefault(one.kind, Adoption(one.kind_label)).count(one)
    return [found[kind] for kind in Kind.values if kind in found]


def by_section(artifacts: Sequence[UsedArtifact]) -> list[Adoption]:
    """Categories with their sections, in the order of the tree; what is empty is left out.

    An artifact counts in its category and in every section above it. Two queries.
    """
    titles = {
        path: title
        for model in (CategoryPage, SectionPage)
        for path, title in model.objects.values_list("path", "title")
    }
    found = {path: Adoption(title, _depth(path)) for path, title in titles.items()}
    for one in artifacts:
        for path in _above(one.path, found.__contains__):
            found[path].count(one)
    return [found[path] for path in sorted(found) if found[path].artifacts]


def _above(path: str, is_section: Callable[[str], bool]) -> list[str]:
    ends = range(CATEGORY_PATH_CHARS, len(path), 4)
    return [path[:end] for end in ends if is_section(path[:end])]


def _depth(path: str) -> int:
    return (len(path) - CATEGORY_PATH_CHARS) // 4
