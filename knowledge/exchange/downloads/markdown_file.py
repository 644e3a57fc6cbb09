"""Markdown with front matter: for people, for repositories, and for our own import."""

from typing import Any

import yaml

from knowledge.exchange.downloads.copies import Copy
from templates_lib.markdown import write


def front_matter(copy: Copy) -> dict[str, Any]:
    """What the cover of a PDF tells, as data; empty values are left out."""
    page = copy.page
    values = {
        "title": page.title,
        "description": page.bottom_line,
        "kind": page.kind,
        "version": page.version,
        "date": copy.day,
        "owner": page.owned_by,
        "trust": str(page.trust),
        "last_reviewed_on": page.last_reviewed,
        "reviewed_by": copy.reviewer,
        "next_review_on": page.next_review,
        "maturity": page.maturity,
        "tags": copy.tags,
        "archived": bool(page.archived_at) or None,
        "licence": page.licence,
        "address": copy.address,
    }
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def write_file(copy: Copy) -> bytes:
    """The whole file, in UTF-8."""
    head = yaml.safe_dump(front_matter(copy), sort_keys=False, allow_unicode=True, width=1000)
    text = write.join(
        write.heading(copy.page.title, 1), f"**{write.escape(copy.page.bottom_line)}**", copy.body
    )
    return f"---\n{head}---\n\n{text}\n".encode()
