"""What the download menu of an artifact shows."""

from dataclasses import dataclass

from django.utils.functional import Promise

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import site_path
from knowledge.exchange.downloads import service
from knowledge.exchange.downloads.formats import FORMATS


@dataclass(frozen=True, slots=True)
class Offer:
    """``size`` is in bytes, None while the file has not been made yet."""

    label: str | Promise
    purpose: str | Promise
    url: str
    is_available: bool
    size: int | None


def offers(page: Artifact, access: Access) -> list[Offer]:
    """Every format, those that this server cannot make too; one look at the cache, no query."""
    sizes = service.known_sizes(page, FORMATS, access)
    address = site_path(page.url_path)
    return [
        Offer(
            label=form.label,
            purpose=form.purpose,
            url=f"{address}download.{form.extension}",
            is_available=form.is_available,
            size=sizes.get(form.extension),
        )
        for form in FORMATS
    ]
