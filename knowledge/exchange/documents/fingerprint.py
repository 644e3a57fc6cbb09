"""Did a person change a page since we left it? Compared by what it says, not by when it was saved.

References are compared by id, so that a moved neighbour is no change; ids of blocks and of
revisions are not looked at, so that saving without a change is none either.
"""

import hashlib
import json
import re

from wagtail.models import Page
from wagtail.rich_text import RichText

from knowledge.catalog.models import Artifact
from knowledge.exchange.documents import metadata
from templates_lib import portable
from templates_lib.markdown import write

_STATE_KEYS = frozenset(metadata.STATE)


class _ById:
    """A resolver to dump with: every reference is its id."""

    def page_address(self, page_id: int) -> str:
        return str(page_id)

    def image_name(self, image_id: int) -> str:
        return str(image_id)

    def document_name(self, document_id: int) -> str:
        return str(document_id)

    def prose_markdown(self, html: str) -> str:
        # Stored links have attributes of Wagtail's own, in the order their writer chose.
        return write.from_html(re.sub(r"<a\b([^>]*)>", _as_href, html))


def _as_href(match: re.Match[str]) -> str:
    attributes = " ".join(sorted(re.findall(r'[\w-]+="[^"]*"', match[1])))
    return f"<a href='{attributes}'>"


def of(page: Page) -> str:
    """The fingerprint of the newest state of ``page``, draft or live, and of where it stands."""
    newest = page.get_latest_revision_as_object() if page.latest_revision_id else page.specific
    said = {
        "title": newest.title,
        "slug": newest.slug,
        "live": page.live,
        "parent": _parent_id(page),
    }
    if isinstance(newest, Artifact):
        fields = metadata.read(newest)
        said |= {key: value for key, value in fields.items() if key not in _STATE_KEYS}
        said["related"] = [link.target_id for link in newest.related_links.all()]
        said["superseded_by"] = newest.superseded_by_id
        said["linked_checklist"] = getattr(newest, "linked_checklist_id", None)
        said["body"] = portable.dump(newest.body.stream_block, newest.body, _ById())
    else:
        said["intro"] = getattr(newest, "intro", "")
        groups = getattr(newest, "groups", None)
        said["groups"] = [(one.slug, one.title) for one in groups.all()] if groups else []
    text = json.dumps(said, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _parent_id(page: Page) -> int | None:
    # Not the path: reordering neighbours changes it.
    parents = Page.objects.parent_of(page).values_list("pk", flat=True)
    return parents.first()


def _plain(value: object) -> str:
    return value.source if isinstance(value, RichText) else str(value)
