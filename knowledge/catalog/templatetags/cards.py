"""``{% artifact_card card %}``: an artifact in a list.

In Python, because a list has ten or twenty of them, and a template takes three times as long.
"""

from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knowledge.catalog.selectors.cards import Card
from knowledge.catalog.templatetags.icons import icon

register = template.Library()
CARD = (
    '<article class="card{}">\n'
    '  <p class="kind kind--{}">{}{}</p>\n'
    '  <h3 class="card__title"><a class="card__link" href="{}">{}</a></h3>\n'
    '  <p class="card__line">{}</p>\n{}'
    '  <p class="card__facts">\n{}  </p>\n'
    "</article>"
)
TRUST = '    <span class="trust trust--{}">{}{}</span>\n'
FACT = '    <span class="card__fact">{}{}</span>\n'
EFFORT = '<span class="visually-hidden">{}</span> {}'
PASSAGE = '<p class="card__passage">{}</p>'
SECTION = '<p class="card__section"><a href="{}">{}</a></p>'
PASSAGES = '  <div class="card__passages">{}</div>\n'


@register.simple_tag
def artifact_card(card: Card) -> SafeString:
    html = CARD.format(
        " card--retired" if card.is_superseded or card.is_archived else "",
        escape(card.kind),
        icon(card.kind),
        escape(card.kind_label),
        escape(card.url),
        escape(card.title),
        # What has marks is safe already; the line of an editor is not.
        conditional_escape(card.marked_line or card.bottom_line),
        _passages(card) if card.passages else "",
        _facts(card),
    )
    return mark_safe(html)  # noqa: S308 - every piece of text is escaped above and below


def _passages(card: Card) -> str:
    parts = [PASSAGE.format(conditional_escape(passage)) for passage in card.passages]
    if card.section:
        under = _("Under “%(section)s”") % {"section": card.section}
        parts.append(SECTION.format(escape(card.section_url), escape(under)))
    return PASSAGES.format("".join(parts))


def _facts(card: Card) -> str:
    parts = [
        TRUST.format(escape(card.trust_state), icon(card.trust_state), escape(card.trust_label))
    ]
    if card.proved_on:
        day = _("Run with success %(day)s") % {"day": date_format(card.proved_on, "j M Y")}
        parts.append(FACT.format(icon("check"), escape(day)))
    if card.effort_label:
        effort = EFFORT.format(escape(_("Effort:")), escape(card.effort_label))
        parts.append(FACT.format(icon("clock"), effort))
    if card.maturity_label:
        parts.append(FACT.format(icon("maturity"), escape(card.maturity_label)))
    return "".join(parts)
