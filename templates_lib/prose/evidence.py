"""What backs a text: quotes, claims with their source, the points to take away."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write

GROUP = _("Text")
CSS = ["prose/prose.css"]


class QuoteBlock(PartBlock):
    text = blocks.TextBlock(max_length=2000, label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(required=False, max_length=200, label=_("Who said it"))
    source_url = blocks.URLBlock(required=False, label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = GROUP
        description = _("Somebody's words, with their name")
        template = "prose/quote.html"
        css = CSS
        preview_value = {"text": "Show me the rollback first.", "attribution": "A duty engineer"}

    def markdown_body(self, value: Any) -> str:
        who = write.escape(value.get("attribution"))
        if value.get("source_url"):
            who = write.link(value.get("attribution") or value["source_url"], value["source_url"])
        text = "  \n".join(write.escape(line) for line in value["text"].splitlines())
        return write.quote(write.join(text, who))


class ClaimValue(blocks.StructValue):
    @property
    def missing_source(self) -> bool:
        return not (self.get("source_title") or self.get("source_url"))


class ClaimBlock(PartBlock):
    statement = blocks.TextBlock(max_length=600, label=_("Claim"), rows=2)
    source_title = blocks.CharBlock(required=False, max_length=200, label=_("Source"))
    source_url = blocks.URLBlock(required=False, label=_("Address of the source"))
    year = blocks.IntegerBlock(
        required=False, min_value=1900, max_value=2100, label=_("Year of the source")
    )

    class Meta:
        icon = "view"
        label = _("Claim")
        group = GROUP
        description = _("A figure or finding with its source; one without is flagged")
        template = "prose/claim.html"
        css = CSS
        value_class = ClaimValue
        preview_value = {
            "statement": "Small changes are reviewed faster.",
            "source_title": "Our own merge requests",
            "year": 2026,
        }

    def markdown_body(self, value: Any) -> str:
        if value.missing_source:
            source = f"*{_('No source given.')}*"
        elif value.get("source_url"):
            source = write.link(
                value.get("source_title") or value["source_url"], value["source_url"]
            )
        else:
            source = write.escape(value["source_title"])
        year = f" ({value['year']})" if value.get("year") else ""
        return write.join(write.escape(value["statement"]), f"**{_('Source')}:** {source}{year}")


class TakeawaysBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    points = blocks.ListBlock(ProseBlock(label=_("Point")), label=_("Points"))

    class Meta:
        icon = "list-ul"
        label = _("Key takeaways")
        heading = _("Key takeaways")
        group = GROUP
        description = _("What a hurried reader should remember")
        template = "prose/takeaways.html"
        css = CSS
        preview_value = {"points": ["<p>Review within four hours.</p>", "<p>Keep it small.</p>"]}

    def markdown_body(self, value: Any) -> str:
        return write.bullets(prose(point) for point in value["points"])
