"""Which file of the folder an address in a text means, the way the site it came from read it."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from knowledge.exchange.imports.dialects.wiki import WIKI_SCHEME
from knowledge.exchange.imports.files import TEXT_SUFFIX
from knowledge.exchange.imports.plan import INDEX_NAMES, WRAPPERS

HOST_SCHEMES = frozenset(["http", "https", "mailto"])


@dataclass(frozen=True, slots=True)
class Address:
    """``ref``: a file, or a folder with a slash at its end. ``host``: an address elsewhere.

    All empty: it leads nowhere. ``is_here`` is a place on the same page.
    """

    ref: str = ""
    fragment: str = ""
    host: str = ""
    is_here: bool = False


class Resolver:
    """``aliases`` are pairs of a ref and a further address of it, as its file names it."""

    def __init__(self, refs: Iterable[str], aliases: Iterable[tuple[str, str]] = ()) -> None:
        self._refs = set(refs)
        # By name, and by an address that stands for all names of the text that opens a folder.
        self._stems: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for ref in sorted(self._refs):
            self._stems.setdefault(_bare(ref), ref)
            self._keys.setdefault(_key(ref), ref)
            folder = posixpath.dirname(ref)
            while folder:
                self._folders.setdefault(folder.lower(), f"{folder}/")
                folder = posixpath.dirname(folder)
        for ref, alias in aliases:
            path = posixpath.join("/", posixpath.dirname(ref), alias)
            self._keys.setdefault(_key(posixpath.normpath(path)), ref)
        for key, ref in list(self._keys.items()):
            # Numbers in front of names only put them in order.
            self._keys.setdefault(_NUMBER.sub(r"\1", key), ref)
        self._names: dict[str, str] = {}
        for ref in sorted(self._refs, key=lambda one: (one.count("/"), one)):
            self._names.setdefault(_name(ref), ref)
        self._wrappers = [one for one in sorted(WRAPPERS) if one in self._folders]

    def resolve(self, address: str, ref: str) -> Address:
        """What ``address`` in the file ``ref`` means."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return Address()
        if address.startswith(WIKI_SCHEME):
            return self._by_name(address.removeprefix(WIKI_SCHEME))
        if parts.scheme or parts.netloc:
            scheme = parts.scheme.lower() or "https"
            host = address if parts.scheme else f"https:{address}"
            return Address(host=host) if scheme in HOST_SCHEMES else Address()
        fragment = unquote(parts.fragment)
        path = unquote(parts.path).replace("\\", "/")
        if not path:
            return Address(fragment=fragment, is_here=True)
        for candidate in self._candidates(path, ref):
            found = self._find(candidate, path.endswith("/"))
            if found:
                return Address(ref=found, fragment=fragment)
        return Address()

    def _by_name(self, sides: str) -> Address:
        """One side of the bar is the name of a page, wherever it lies; the other its words."""
        # The parser has encoded the bar; names cannot hold one.
        for side in unquote(sides).split("|"):
            path, _hash, fragment = side.partition("#")
            if not path and fragment:
                return Address(fragment=fragment, is_here=True)
            found = self._find(path.strip("/"), False) or self._names.get(_name(path), "")
            if found and path:
                return Address(ref=found, fragment=fragment)
        return Address()

    def index_of(self, folder: str) -> str:
        """The text that opens a folder, itself also where its section is opened by another."""
        return self._keys.get(folder.lower(), "")

    def _candidates(self, path: str, ref: str) -> Iterable[str]:
        if path.startswith("/"):
            # From the root of the site, whose content may lie in a folder of its own.
            for base in ("", *self._wrappers):
                yield posixpath.normpath(posixpath.join(base, path.strip("/")))
            # The site may lie below a folder of its host.
            below = path.strip("/").partition("/")[2]
            for base in ("", *self._wrappers) if below else ():
                yield posixpath.normpath(posixpath.join(base, below))
            return
        here = posixpath.dirname(ref)
        yield posixpath.normpath(posixpath.join(here, path))
        # Sites with addresses without suffixes show each page as a folder.
        yield posixpath.normpath(posixpath.join(TEXT_SUFFIX.sub("", ref), path))

    def _find(self, path: str, is_folder: bool) -> str:
        if path.startswith(".."):
            return ""
        if path == ".":
            return self._keys.get("/", "")
        if path in self._refs and not is_folder:
            return path
        folder = self._folders.get(path.lower(), "")
        text = self._stems.get(_bare(path)) or self._keys.get(_key(path), "")
        has_suffix = bool(TEXT_SUFFIX.search(path)) or path.lower().endswith((".html", ".htm"))
        return (text or folder) if has_suffix or not folder else folder


_NUMBER = re.compile(r"(^|/)\d{1,4}[-_. ]+(?=[^/])")


def _name(path: str) -> str:
    """The name of a file as wikis compare it."""
    return re.sub(r"[\s_-]+", "-", TEXT_SUFFIX.sub("", path.rpartition("/")[2]).strip().lower())


def _bare(path: str) -> str:
    """In lower case, without the suffixes of a text and of the page that a site makes of it."""
    bare = TEXT_SUFFIX.sub("", path.strip("/").lower())
    for suffix in (".html", ".htm"):
        bare = bare.removesuffix(suffix)
    return bare


def _key(path: str) -> str:
    """The same for all ways to write the address of a text."""
    bare = _bare(path)
    for name in INDEX_NAMES:
        if bare.rpartition("/")[2] == name:
            return f"{bare.rpartition('/')[0]}/"
    return bare
