"""What lies in the folder: which files are text, which are pictures, and why the rest stays out.

Nothing outside the folder is ever opened: links that lead out of it are named and left.
"""

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILES = 20_000
MAX_DEPTH = 10
MAX_TEXT_BYTES = 2 << 20
MAX_IMAGE_BYTES = 10 << 20

TEXT_SUFFIX = re.compile(r"(\.html)?\.(md|mdx|markdown|mdown|mkd)(\.erb)?$", re.IGNORECASE)
IMAGE_SUFFIXES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"])
# Of tools, with more files in them than anyone wants to read the names of.
SKIPPED_FOLDERS = frozenset([".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"])

TEXT, IMAGE, OTHER = "text", "image", "other"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """``ref`` is the path inside the folder, with slashes. ``reason`` tells why it stays out."""

    ref: str
    path: Path
    sort: str = OTHER
    reason: str = ""


@dataclass
class SourceTree:
    root: Path
    files: list[SourceFile] = field(default_factory=list)

    @property
    def texts(self) -> list[SourceFile]:
        return [one for one in self.files if one.sort == TEXT and not one.reason]

    @property
    def images(self) -> list[SourceFile]:
        return [one for one in self.files if one.sort == IMAGE and not one.reason]


class UnreadableText(ValueError):
    """The file is no text that people wrote; the message says why."""


def scan(root: Path) -> SourceTree:
    """All files below ``root`` in a stable order."""
    tree = SourceTree(root)
    for folder, names, files in os.walk(root, followlinks=False):
        here = Path(folder)
        names.sort()
        depth = len(here.relative_to(root).parts)
        for name in list(names):
            reason = _folder_reason(here / name, name, depth)
            if reason:
                names.remove(name)
                ref = (here / name).relative_to(root).as_posix() + "/"
                tree.files.append(SourceFile(ref, here / name, OTHER, reason))
        for name in sorted(files):
            if len(tree.files) == MAX_FILES:
                reason = f"there are more than {MAX_FILES} files"
                tree.files.append(SourceFile("…", root, OTHER, reason))
                return tree
            tree.files.append(_file(here / name, root))
    return tree


def read_text(path: Path) -> str:
    """The text of a Markdown file.

    Raises:
        UnreadableText: it is no UTF-8, or binary.
    """
    data = path.read_bytes()
    if b"\0" in data[:4096]:
        raise UnreadableText("it is a binary file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableText(f"it is not UTF-8 (byte {error.start})") from error


def stem(ref: str) -> str:
    """The name of a text without its folder and without all its suffixes."""
    return TEXT_SUFFIX.sub("", ref.rpartition("/")[2])


def _folder_reason(path: Path, name: str, depth: int) -> str:
    if path.is_symlink():
        return "it is a link to another folder"
    if name in SKIPPED_FOLDERS:
        return "it belongs to a tool"
    return f"it lies deeper than {MAX_DEPTH} folders" if depth >= MAX_DEPTH else ""


def _file(path: Path, root: Path) -> SourceFile:
    ref = path.relative_to(root).as_posix()
    if path.is_symlink():
        inside = path.resolve().is_relative_to(root.resolve())
        reason = "it is a link to another file" if inside else "it is a link that leads out"
        return SourceFile(ref, path, OTHER, reason)
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        return SourceFile(ref, path, OTHER, "it is no regular file")
    if any(part.startswith(".") for part in Path(ref).parts):
        return SourceFile(ref, path, OTHER, "it is hidden: the settings of a tool")
    suffix = path.suffix.lower()
    if TEXT_SUFFIX.search(path.name):
        return SourceFile(ref, path, TEXT, _too_big(about.st_size, MAX_TEXT_BYTES))
    if suffix in IMAGE_SUFFIXES:
        return SourceFile(ref, path, IMAGE, _too_big(about.st_size, MAX_IMAGE_BYTES))
    if suffix in (".erb", ".html", ".htm"):
        return SourceFile(ref, path, OTHER, "it is a page template, not Markdown")
    return SourceFile(ref, path, OTHER, "it is neither Markdown nor a picture")


def _too_big(size: int, limit: int) -> str:
    return f"it is bigger than {limit >> 20} MB" if size > limit else ""
