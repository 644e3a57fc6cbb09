"""Tags for block templates."""

from typing import Any

from django import template

from templates_lib import spans
from templates_lib.code_colours import highlight
from templates_lib.markdown.render import render
from templates_lib.rendering import LinkTarget, page_target

register = template.Library()


@register.simple_tag
def target(page: Any) -> LinkTarget | None:
    """``{% target value.page as link %}``: the link to a page, or None when it must not be shown."""
    return page_target(page)


register.filter("markdown", render)
register.filter("minutes", spans.minutes)
register.filter("within", spans.within)
register.simple_tag(highlight, name="code")
