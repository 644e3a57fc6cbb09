"""``{% facet facet open %}``: one facet that unfolds, with its boxes to tick.

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
FACET = (
    '<details class="facet" id="facet-{0}"{1}><summary>{2}{3}{4}</summary>'
    '<fieldset><legend class="visually-hidden">{2}</legend>'
    '<div class="facet__options">\n{5}</div></fieldset></details>\n'
)
CHOSEN = '<span class="facet__selected"><span class="visually-hidden">{} </span>{}</span>'
KIND = '<span class="facet__icon kind--{}">{}</span>'


@register.simple_tag(name="facet")
def draw(facet: Facet, is_open: bool) -> SafeString:
    """``is_open`` unfolds it although nothing of it is chosen."""
    number = len(facet.selected)
    html = FACET.format(
        escape(facet.field),
        " open" if is_open or number else "",
        escape(facet.label),
        CHOSEN.format(escape(_("chosen:")), number) if number else "",
        icon("chevron"),
        _boxes(facet),
    )
    return mark_safe(html)  # noqa: S308 - every piece of text is escaped above and below


def _boxes(facet: Facet) -> SafeString:
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
