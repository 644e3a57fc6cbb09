"""``{% icon %}``: a line icon of the site's own sprite. Always decoration; the words stand beside it."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "icons/sprite.svg"


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """``name`` is an id in the sprite: a kind, a trust state or a thing of the interface."""
    return _icon(str(name), extra_class)


@lru_cache(maxsize=256)
def _icon(name: str, extra_class: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {extra_class}" if extra_class else "",
        static(SPRITE),
        name,
    )
