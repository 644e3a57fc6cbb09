"""Did a whole folder arrive? Counted from its files on one side, from the pages on the other.

What was alive in the source is found with nothing but paths and regular expressions, apart from the
code that imports.
"""

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.body import render_body
from knowledge.exchange.imports.report import FileReport, Report

TEXT = re.compile(r"(\.html)?\.(md|markdown)(\.erb)?$", re.IGNORECASE)
PICTURE = re.compile(r"\.(png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
ROOTS = ("", "docs", "source", "content")


@dataclass
class Fault:
    file: str
    what: str


@dataclass
class Count:
    files: int = 0
    links: int = 0
    images: int = 0
    faults: list[Fault] = field(default_factory=list)


def check(root: Path, report: Report) -> Count:
    """Every file named, every link that was alive leads on, every picture shown."""
    count = Count()
    told = {one.file: one for one in report.files}
    for path in sorted(root.rglob("*")):
        ref = path.relative_to(root).as_posix()
        if not path.is_file() or path.is_symlink():
            continue
        count.files += 1
        entry = told.get(ref) or _told_with_its_folder(ref, told)
        if entry is None:
            count.faults.append(Fault(ref, "is not named in the report"))
        elif entry.outcome in ("left", "conflict") and not entry.reason:
            count.faults.append(Fault(ref, "is left without a reason"))
        elif entry.outcome in ("published", "draft", "unchanged"):
            _check_page(root, ref, entry, told, count)
    return count


def _told_with_its_folder(ref: str, told: dict[str, FileReport]) -> FileReport | None:
    return next(
        (one for name, one in told.items() if name.endswith("/") and ref.startswith(name)), None
    )


def _check_page(
    root: Path, ref: str, entry: FileReport, told: dict[str, FileReport], count: Count
) -> None:
    html = _html(entry)
    links = {a["href"].partition("#")[0] for a in html.select("a[href]")}
    text = (root / ref).read_text("utf-8")
    for target in _alive(root, ref, text):
        count.links += 1
        wanted = told[target].address
        if told[target].outcome != "left" and wanted not in links and wanted != entry.address:
            count.faults.append(Fault(ref, f"lost its link to {target} ({wanted})"))
    for address in links:
        if address.startswith("/") and not _is_live(address):
            count.faults.append(Fault(ref, f"leads to {address}, where nothing is"))
    images = _images(root, ref, text)
    count.images += len(images)
    taken = [one for one in images if told[one].outcome == "image"]
    if len(html.select("img")) < len(taken):
        count.faults.append(Fault(ref, f"shows {len(html.select('img'))} of {len(taken)} pictures"))
    for image in images:
        if told[image].outcome != "image" and not told[image].reason:
            count.faults.append(Fault(image, "is not shown and not named"))


def _html(entry: FileReport) -> BeautifulSoup:
    slug = entry.address.strip("/")
    page = Artifact.objects.get(url_path__endswith=f"/{slug}/").specific
    if not page.live:
        page = page.get_latest_revision_as_object()
    parts = render_body(page, Access()).parts
    return BeautifulSoup("".join(part.html for part in parts), "html.parser")


def _is_live(address: str) -> bool:
    return Page.objects.filter(url_path__endswith=address, live=True).exists()


def _without_code(text: str) -> str:
    text = re.sub(r"^(\s*)(`{3,}|~{3,}).*?^\s*\2\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"(`+)[^`]+\1", "", text)


def _alive(root: Path, ref: str, text: str) -> set[str]:
    """Refs of texts that the file links to."""
    bare = _without_code(text)
    addresses = re.findall(r"(?<!!)\[[^\[\]]*\]\(\s*<?([^()\s>]+)", bare)
    addresses += re.findall(r"<a [^>]*href=[\"']([^\"']+)", bare)
    addresses += re.findall(r"\{\{<\s*ref\s+\"([^\"]+)", bare)
    for label, address in re.findall(
        r"^\s{0,3}\[([^\]^]+)\]:\s*<?(\S+?)>?\s*$", bare, re.MULTILINE
    ):
        used = re.compile(rf"\[{re.escape(label)}\](?!:|\()", re.IGNORECASE)
        if used.search(re.sub(r"\s+", " ", bare)):
            addresses.append(address)
    found = set()
    for address in addresses:
        target = _text_at(root, ref, address)
        if target and target != ref:
            found.add(target)
    return found


def _images(root: Path, ref: str, text: str) -> list[str]:
    bare = _without_code(text)
    addresses = re.findall(r"!\[[^\]]*\]\(\s*([^()\s]+)", bare)
    addresses += re.findall(r"<img [^>]*src=[\"']([^\"']+)", bare)
    found = []
    for address in addresses:
        for path in _paths(ref, address):
            if PICTURE.search(path) and (root / path).is_file():
                found.append(path)
                break
    return found


def _text_at(root: Path, ref: str, address: str) -> str:
    for path in _paths(ref, address):
        stem = re.sub(r"\.html$", "", path)
        for name in (path, f"{stem}.html.md.erb", f"{stem}.md", f"{stem}.html.md"):
            if TEXT.search(name) and (root / name).is_file():
                return name
        for index in ("README.md", "_index.md", "index.html.md.erb", "index.md"):
            if (root / path / index).is_file():
                return f"{path}/{index}"
    return ""


def _paths(ref: str, address: str) -> list[str]:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return []
    path = unquote(parts.path)
    if path.startswith("/"):
        return [posixpath.normpath(posixpath.join(base, path.strip("/"))) for base in ROOTS]
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(ref), path))
    return [] if joined.startswith("..") else [joined]
