"""Bodies that hold what a kind requires, made of the blocks' own examples."""

from typing import Any

from knowledge.catalog.models import Artifact


def part(model: type[Artifact], name: str) -> dict[str, Any]:
    """The raw value of one block, as its preview shows it."""
    block = model._meta.get_field("body").stream_block.child_blocks[name]
    return {"type": name, "value": block.get_prep_value(block.get_preview_value())}


LAYERS = ("portfolio", "program", "team")


def complete_body(model: type[Artifact]) -> list[dict[str, Any]]:
    """One block for each required part, in the order of the requirements."""
    body = [part(model, needed.blocks[0]) for needed in model.REQUIREMENTS]
    for one in body:
        if one["type"] == "layers":
            # The example shows one layer; a governance model needs all three.
            one["value"] = {"layers": [{"layer": name, "forum": "Weekly"} for name in LAYERS]}
    return body
