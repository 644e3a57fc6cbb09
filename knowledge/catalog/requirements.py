"""What a kind must contain before it is published, each part with the name that people read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail.blocks.stream_block import StreamValue


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least one block called one of ``blocks``; with ``test``, one whose value passes it."""

    label: str | Promise
    blocks: tuple[str, ...]
    test: Callable[[Any], bool] | None = None

    def met_by(self, body: StreamValue) -> bool:
        return any(
            child.block_type in self.blocks and (self.test is None or self.test(child.value))
            for child in body
        )


def needs(
    label: str | Promise, *blocks: str, test: Callable[[Any], bool] | None = None
) -> Requirement:
    return Requirement(label, blocks, test)
