"""What backs a text: quotes, claims with their source, the points to take away."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, ProseBlock, WebAddressBlock, is_web_address, prose
from templates_lib.markdown import write

GROUP = _("Text")
CSS = ["prose/prose.css"]


class SourcedValue(blocks.StructValue):
    @property
    def source_address(self) -> str:
        """Where the source is found; empty when it is not an address of the web."""
        url = self.get("source_url")
        return url if is_web_address(url) else ""


class QuoteBlock(PartBlock):
    text = blocks.TextBlock(max_length=2000, label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(required=False, max_length=200, label=_("Who said it"))
    source_url = WebAddressBlock(required=False, label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = GROUP
        description = _("Somebody's words, with their name")
        template = "prose/quote.html"
        css = CSS
        value_class = SourcedValue
        preview_value = {"text": "Show me the rollback first.", "attribution": "A duty engineer"}

    def markdown_body(self, value: Any) -> str:
        who = write.escape(value.get("attribution"))
        address = value.source_address
        if address:
            who = write.link(value.get("attribution") or address, address)
        return write.quote(write.join(write.paragraphs(value.get("text")), who))


class ClaimValue(SourcedValue):
    @property
    def missing_source(self) -> bool:
        return not (self.get("source_title") or self.source_address)


class ClaimBlock(PartBlock):
    statement = blocks.TextBlock(max_length=600, label=_("Claim"), rows=2)
    source_title = blocks.CharBlock(required=False, max_length=200, label=_("Source"))
    source_url = WebAddressBlock(required=False, label=_("Address of the source"))
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
            "statement": "Changes of less than 200 lines are reviewed within four hours.",
            "source_title": "Our own merge requests, January to March",
            "year": 2026,
        }

    def markdown_body(self, value: Any) -> str:
        statement = write.paragraphs(value.get("statement"))
        if value.missing_source:
            return write.join(statement, f"*{write.escape(_('No source given'))}*")
        title, address = value.get("source_title"), value.source_address
        source = write.link(title or address, address) if address else write.escape(title)
        year = f" ({value['year']})" if value.get("year") else ""
        return write.join(statement, f"**{write.escape(_('Source'))}:** {source}{year}")


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
        preview_value = {
            "points": [
                "<p><b>Review within four hours.</b> Waiting costs more than reading.</p>",
                "<p>Keep a change small enough for one sitting.</p>",
            ]
        }

    def markdown_body(self, value: Any) -> str:
        return write.bullets(prose(point) for point in value["points"])
