"""Where everything goes: folders become sections, files pages, an index its section.

Works on names alone, so that the same folder gives the same plan each time.
"""

from dataclasses import dataclass, field

from knowledge.exchange.imports.files import stem
from knowledge.exchange.imports.texts import Text, slug_of, words_of

INDEX_NAMES = ("readme", "index", "_index")
# Folders at the top that only hold the rest: no section of their own.
WRAPPERS = frozenset(["docs", "doc", "source", "content", "src"])
OVERVIEW = "overview"


@dataclass
class Folder:
    """``ref`` ends with a slash and is empty for the root; ``index`` is the text that opens it."""

    ref: str
    slug: str
    title: str
    parent: str | None
    index: Text | None = None


@dataclass
class PlannedPage:
    text: Text
    folder: str
    slug: str


@dataclass
class Plan:
    folders: dict[str, Folder] = field(default_factory=dict)
    pages: dict[str, PlannedPage] = field(default_factory=dict)

    def chain(self, ref: str) -> list[str]:
        """Slugs from the root down to the folder ``ref``."""
        folder = self.folders[ref]
        above = self.chain(folder.parent) if folder.parent is not None else []
        return [*above, folder.slug] if folder.slug else above


def make(texts: list[Text]) -> Plan:
    plan = Plan()
    plan.folders[""] = Folder("", "", "", None)
    taken: dict[str, set[str]] = {"": set()}
    for text in sorted(texts, key=lambda one: one.ref):
        _folder(folder_of(text.ref), plan, taken)
    for text in sorted(texts, key=_indexes_first):
        holder = folder_of(text.ref)
        if _is_index(text) and plan.folders[holder].index is None:
            _open(plan.folders[holder], text)
            continue
        inner = f"{holder}{stem(text.ref)}/"
        if inner in plan.folders and plan.folders[inner].index is None:
            _open(plan.folders[inner], text)
            continue
        slug = _free(text.slug, taken[holder])
        plan.pages[text.ref] = PlannedPage(text, holder, slug)
    for folder in plan.folders.values():
        if folder.index is not None:
            slug = _free(OVERVIEW, taken[folder.ref])
            plan.pages[folder.index.ref] = PlannedPage(folder.index, folder.ref, slug)
    return plan


def folder_of(ref: str) -> str:
    """The planned folder of a file, or of a folder with a slash at its end; a wrapper at the top
    does not count.
    """
    parts = ref.split("/")[:-1]
    if parts and parts[0].lower() in WRAPPERS:
        parts = parts[1:]
    return "".join(f"{part}/" for part in parts)


def _folder(ref: str, plan: Plan, taken: dict[str, set[str]]) -> None:
    if ref in plan.folders:
        return
    parent, _slash, name = ref.rstrip("/").rpartition("/")
    parent = f"{parent}/" if parent else ""
    _folder(parent, plan, taken)
    slug = _free(slug_of(name), taken[parent])
    plan.folders[ref] = Folder(ref, slug, words_of(name), parent)
    taken[ref] = set()


def _open(folder: Folder, text: Text) -> None:
    folder.index = text
    # A section is published; what is a draft gives it no word.
    if folder.ref and not text.is_draft:
        folder.title = text.title


def _is_index(text: Text) -> bool:
    return stem(text.ref).lower() in INDEX_NAMES


def _indexes_first(text: Text) -> tuple[bool, int, int, str]:
    """Real indexes before files named like a folder, the shallowest first, README before others."""
    name = stem(text.ref).lower()
    rank = INDEX_NAMES.index(name) if name in INDEX_NAMES else len(INDEX_NAMES)
    return (not _is_index(text), text.ref.count("/"), rank, text.ref)


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    taken.add(free)
    return free
