"""``{% if page|is_hidden_from:user %}``: for what is written to somebody other than the person who asks."""

from typing import Any

from django import template
from wagtail.models import Page

from knowledge.catalog import rights

register = template.Library()


@register.filter
def is_hidden_from(page: Page, user: Any) -> bool:
    return rights.is_hidden(page, user)
