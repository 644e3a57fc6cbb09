"""What a converter asks about addresses; who knows the folder answers (imports/links.py)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Link:
    """``portable`` goes into prose (``page:…``, ``#…`` or another host), ``site`` into Markdown
    that the page shows as it is. Both empty: the words stay, the link goes.
    """

    portable: str = ""
    site: str = ""


class LinkSource(Protocol):
    def link(self, address: str) -> Link:
        """Where a link of the text leads."""
        ...

    def image(self, address: str) -> str:
        """The name of an image for the portable form; empty when it cannot be shown."""
        ...


class KeepLinks:
    """For texts whose addresses are portable already; images are names."""

    def link(self, address: str) -> Link:
        return Link(address, address)

    def image(self, address: str) -> str:
        return address
