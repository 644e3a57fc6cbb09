"""What a text says about its reviews, put onto the page: read from the file, so by no person here."""

from typing import Any

from knowledge.catalog.models import Artifact
from knowledge.exchange.imports.texts import Text
from knowledge.governance.services.reviews import announce


def carry_over(page: Artifact, text: Text) -> bool:
    """Take the day of the last review from the file, unless the page has a later one."""
    day = text.last_reviewed
    if day is None or (page.last_reviewed is not None and page.last_reviewed >= day):
        return False
    values: dict[str, Any] = {
        "last_reviewed": day,
        "reviewed_by": None,
        "next_review": page.review_until(day),
    }
    Artifact.objects.filter(pk=page.pk).update(**values)
    announce(page)
    return True
