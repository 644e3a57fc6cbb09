"""JSON: the portable document of an artifact, with what identifies the copy."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings

from knowledge.catalog.permissions import Access
from knowledge.exchange.documents.dump import dump
from knowledge.exchange.downloads.copies import Copy

FORMAT = "playbook-portal/artifact"
FORMAT_VERSION = 1


def write_file(copy: Copy, access: Access) -> bytes:
    """The whole file, in UTF-8. People are named as readers see them, not by their logins."""
    page = copy.page
    document = dump(page, access)
    document |= {"owner": page.owned_by, "reviewed_by": copy.reviewer, "trust": str(page.trust)}
    data = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "address": copy.address,
        "published": copy.published,
        "language": settings.LANGUAGE_CODE,
        **{key: value for key, value in document.items() if value not in (None, "")},
        "images": [
            {"id": picture.id, "url": settings.PORTAL_BASE_URL + picture.url}
            for picture in copy.pictures.values()
        ],
    }
    return (json.dumps(data, indent=2, ensure_ascii=False, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
