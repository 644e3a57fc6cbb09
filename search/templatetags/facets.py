"""``{% facet_options facet %}``: the boxes to tick of one facet.

In Python, because a page of results has fifty of them and a template takes ten times as long; and by
``html.escape``, because Django's looks at each piece for a translation that is not yet made.
"""

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knowledge.catalog.templatetags.icons import icon
from search.querying.result import Facet, Option

register = template.Library()
# Shown at once; the rest unfolds.
SHOWN = 7
OPTION = (
    '<label class="facet__option"><input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}>'
    '{3}<span>{4}</span><span class="facet__count">{5}</span></label>\n'
)
MORE = (
    '<details class="facet__more" id="more-{}"><summary>{}'
    '<span class="visually-hidden"> ({})</span></summary>\n{}</details>\n'
)
KIND = '<span class="facet__icon kind--{}">{}</span>'


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    first = _options(facet, facet.options[:SHOWN])
    if len(facet.options) <= SHOWN:
        return first
    every = _("All %(n)s") % {"n": len(facet.options)}
    rest = _options(facet, facet.options[SHOWN:])
    return first + format_html(MORE, facet.field, every, facet.label, rest)


def _options(facet: Facet, options: tuple[Option, ...]) -> SafeString:
    field = escape(facet.field)
    parts = [
        OPTION.format(
            field,
            escape(option.value),
            " checked" if option.selected else "",
            _sign(facet.field, option.value),
            escape(f"{option.value} {option.label}" if field == "maturity" else option.label),
            option.count,
        )
        for option in options
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text is escaped above


def _sign(field: str, value: str) -> SafeString | str:
    return format_html(KIND, value, icon(value)) if field == "kind" else ""
