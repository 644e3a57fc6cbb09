"""Reads the content files: what each says, where its page stands, and faults by file and place."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from knowledge.exchange.documents import metadata
from knowledge.exchange.documents.metadata import MetadataError
from knowledge.exchange.errors import ContentError

# libyaml where it is compiled in: a hundred files take a second instead of ten.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FAQ_PREFIX = "faq-"
FAQ_FILE, SECTION_FILE = "page.yaml", "section.yaml"
PRACTICE_FILE = "practice.yaml"
FAQ_DEFAULT_OWNER = "group:Editors"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page to make. ``ref`` names the file, and the entry in it after a ``#``."""

    ref: str
    parent: str
    slug: str
    data: Mapping[str, Any]
    digest: str
    sort: str = "artifact"
    file: str = ""

    @property
    def address(self) -> str:
        return f"{self.parent}/{self.slug}" if self.parent else self.slug


@dataclass
class Content:
    """``holders`` (categories, sections, FAQ pages) come before what stands in them."""

    taxonomy: Mapping[str, Any]
    holders: list[Entry] = field(default_factory=list)
    artifacts: list[Entry] = field(default_factory=list)
    # Lists of runs, of decisions and of earlier versions.
    practice: Mapping[str, Any] = field(default_factory=dict)

    @property
    def entries(self) -> list[Entry]:
        return [*self.holders, *self.artifacts]


def read(root: Path) -> Content:
    """Everything under ``root`` (the folder fixtures).

    Raises:
        ContentError: a file cannot be read, or says what no page can say.
    """
    taxonomy = load_yaml(root / "taxonomy.yaml", root)
    content = Content(taxonomy if isinstance(taxonomy, Mapping) else {})
    for row in content.taxonomy.get("categories", []):
        fields = {key: row.get(key) for key in ("title", "intro", "closely_related")}
        fields["closely_related"] = fields["closely_related"] or []
        content.holders.append(
            _entry(f"taxonomy.yaml#{row['slug']}", "", row["slug"], fields, "category")
        )
    for category in sorted((root / "demo").iterdir()):
        if category.is_dir():
            _read_folder(category, category.name, root, content)
    _refuse_doubles(content)
    if (root / PRACTICE_FILE).is_file():
        content.practice = load_yaml(root / PRACTICE_FILE, root) or {}
    return content


def load_yaml(path: Path, root: Path) -> Any:
    """One YAML document; a fault names its line."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError(_name(path, root), f"line {line}", str(error.problem)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(_name(path, root), "", str(error)) from error


def _read_folder(folder: Path, address: str, root: Path, content: Content) -> None:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name.startswith(FAQ_PREFIX):
            content_of_faq = list(_faq(path, address, root))
            content.holders.append(content_of_faq[0])
            content.artifacts += content_of_faq[1:]
        elif path.is_dir():
            content.holders.append(_section(path, address, root))
            _read_folder(path, f"{address}/{path.name}", root, content)
        elif path.suffix == ".yaml" and path.name != SECTION_FILE:
            content.artifacts.append(_artifact(path, address, root))


def _artifact(path: Path, parent: str, root: Path) -> Entry:
    data = _mapping(path, root)
    entry = _entry(_name(path, root), parent, data.get("slug") or path.stem, data)
    _check(entry)
    return entry


def _section(folder: Path, parent: str, root: Path) -> Entry:
    path = folder / SECTION_FILE
    data = _mapping(path, root) if path.is_file() else {"title": folder.name.replace("-", " ")}
    ref = _name(path, root)
    _only(data, {"title", "intro", "groups", "login", "confirm_reading"}, ref)
    return _entry(ref, parent, folder.name, data, "section")


def _faq(folder: Path, parent: str, root: Path) -> Iterator[Entry]:
    path = folder / FAQ_FILE
    page = _mapping(path, root)
    ref = _name(path, root)
    _only(page, {"slug", "title", "bottom_line", "groups", "defaults"}, ref)
    fields = {
        "title": page.get("title"),
        "intro": page.get("bottom_line", ""),
        "questions": page.get("groups", []),
    }
    holder = _entry(ref, parent, page.get("slug") or folder.name, fields, "faq")
    yield holder
    for group in page.get("groups", []):
        file = folder / f"{group['slug']}.yaml"
        rows = load_yaml(file, root)
        if not isinstance(rows, list):
            raise ContentError(_name(file, root), "", "a list of questions is expected")
        for number, row in enumerate(rows):
            yield _answer(row, number, group["slug"], _name(file, root), holder, page)


def _answer(
    row: Any, number: int, group: str, file: str, holder: Entry, page: Mapping[str, Any]
) -> Entry:
    needed = {"slug", "question", "short_answer", "answer"}
    if not isinstance(row, Mapping) or not needed <= set(row):
        raise ContentError(file, str(number), f"{', '.join(sorted(needed))} are expected")
    data = {"owner": FAQ_DEFAULT_OWNER, **page.get("defaults", {}), **row}
    data |= {
        "kind": "faq",
        "group": group,
        "title": data.pop("question"),
        "bottom_line": data.pop("short_answer"),
    }
    entry = _entry(f"{file}#{row['slug']}", holder.address, row["slug"], data, "answer", file)
    _check(entry, also={"answer"})
    return entry


def _entry(
    ref: str,
    parent: str,
    slug: str,
    data: Mapping[str, Any],
    sort: str = "artifact",
    file: str = "",
) -> Entry:
    digest = hashlib.sha256(repr(_stable(data)).encode()).hexdigest()
    return Entry(ref, parent, str(slug), data, digest, sort, file or ref.partition("#")[0])


def _stable(data: Any) -> Any:
    """The same for the same content, whatever the order of the keys."""
    if isinstance(data, Mapping):
        return sorted((str(key), _stable(value)) for key, value in data.items())
    return [_stable(one) for one in data] if isinstance(data, list) else data


def _check(entry: Entry, also: frozenset[str] | set[str] = frozenset()) -> None:
    try:
        metadata.check({key: value for key, value in entry.data.items() if key not in also})
    except MetadataError as error:
        place = entry.ref.partition("#")[2]
        raise ContentError(
            entry.file, ".".join(filter(None, (place, error.key))), str(error)
        ) from error


def _only(data: Mapping[str, Any], allowed: set[str], ref: str) -> None:
    for key in data:
        if key not in allowed:
            raise ContentError(ref, str(key), "there is no such key")
    if not data.get("title"):
        raise ContentError(ref, "title", "is missing")


def _refuse_doubles(content: Content) -> None:
    seen: dict[str, str] = {}
    for entry in content.entries:
        if entry.address in seen:
            raise ContentError(
                entry.file, "slug", f"the address {entry.address} is taken by {seen[entry.address]}"
            )
        seen[entry.address] = entry.ref


def _mapping(path: Path, root: Path) -> dict[str, Any]:
    data = load_yaml(path, root)
    if not isinstance(data, dict):
        raise ContentError(_name(path, root), "", "a mapping is expected")
    return data


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
