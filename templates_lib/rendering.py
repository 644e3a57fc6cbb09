"""What a block may know while it is rendered: where its links lead, for this reader.

The caller looks up every page that a body refers to in one query, keeps those that the reader
may see, and sets them here. Blocks ask this module and never the database, so that a page costs
the same number of queries whatever its length, and a link never names what its reader may not see.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """One page that a block may link to. ``url`` is a path on this site, or a file in a bundle."""

    url: str
    title: str
    kind: str = ""
    # Of an artifact, the one that is live.
    version: str = ""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """``pages`` maps a page id to its target; an id that is missing is not shown to this reader.

    ``images`` and ``documents`` map an id to the address or file name to use in a download; the
    web page ignores them and asks Wagtail.
    """

    pages: Mapping[int, LinkTarget] = field(default_factory=dict)
    images: Mapping[int, str] = field(default_factory=dict)
    documents: Mapping[int, str] = field(default_factory=dict)


_current: ContextVar[RenderContext | None] = ContextVar("render_context", default=None)


@contextmanager
def rendering(context: RenderContext) -> Iterator[None]:
    """Make ``context`` the one that blocks ask, until the ``with`` block ends."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> RenderContext | None:
    """The context in force; None in the editor's block preview."""
    return _current.get()


def page_target(page: Any) -> LinkTarget | None:
    """Where a link to ``page`` (a page, its id or None) leads; None when it must not be shown."""
    if not page:
        return None
    context = current()
    page_id = page if isinstance(page, int) else page.pk
    if context is not None:
        return context.pages.get(page_id)
    if isinstance(page, int):
        return None
    return LinkTarget(url=page.url or "", title=page.title)
