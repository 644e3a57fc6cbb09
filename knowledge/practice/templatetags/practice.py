"""Tags for the forms of practice."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def get(mapping: Mapping[str, str] | None, key: str) -> str:
    """The value of a key that is only known at run time; empty when there is none."""
    return mapping.get(key, "") if mapping else ""
