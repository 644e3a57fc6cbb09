"""Tags for lists in Markdown."""

from django import template

register = template.Library()


@register.filter
def link_text(text: str) -> str:
    """Text inside the brackets of a Markdown link."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
