"""A page that holds blocks and their files, as an artifact's page would."""

from typing import Any

from django.templatetags.static import static
from wagtail import blocks

from tests.templates_lib.helpers import render

SITE_CSS = ["css/tokens.css", "css/base.css", "css/controls.css", "css/components/prose.css"]


def page_with(block: blocks.Block, *values: Any) -> str:
    """A whole document with one section for each value."""
    styles = [*SITE_CSS, *getattr(block.meta, "css", [])]
    links = "".join(f'<link rel="stylesheet" href="{static(name)}">' for name in styles)
    scripts = "".join(
        f'<script type="module" src="{static(name)}"></script>'
        for name in getattr(block.meta, "js", [])
    )
    sections = "".join(
        f'<section class="part">{render(block, value, {"anchor": "it"})}</section>'
        for value in values
    )
    return (
        f'<!doctype html><html lang="en-gb"><head><title>Blocks</title>{links}</head>'
        f"<body><main>{sections}</main>{scripts}</body></html>"
    )
