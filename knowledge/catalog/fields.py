"""The body of an artifact as a model field."""

from typing import Any

from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose migrations do not spell out the block library (docs/adr/0008).

    Wagtail would write all sixty blocks into the migration of each of the twenty kinds, and again
    for every changed label. The column does not depend on them; data migrations work on the JSON.
    """

    def __init__(self, block_types: StreamBlock | list | None = None, **kwargs: Any) -> None:
        super().__init__(block_types if block_types is not None else [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
