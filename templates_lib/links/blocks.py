"""Links to pages (which survive moves) or to addresses elsewhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, WebAddressBlock, is_web_address
from templates_lib.markdown import write
from templates_lib.rendering import LinkTarget, page_target

GROUP = _("Links")


class LinkValue(blocks.StructValue):
    @property
    def target(self) -> LinkTarget | None:
        """Where it leads; None when the page must not be shown to this reader."""
        if self.get("page"):
            found = page_target(self["page"])
            return LinkTarget(found.url, self.get("label") or found.title) if found else None
        url = self.get("url")
        return LinkTarget(url, self.get("label") or url) if is_web_address(url) else None

    @property
    def is_external(self) -> bool:
        return not self.get("page")


def clean_link(value: Any, *, is_draft: bool) -> Any:
    """A link needs one end, and an address elsewhere needs words; a draft may still lack them.

    Raises:
        StructBlockValidationError: keyed by ``page``, ``url`` or ``label``.
    """
    page, url = value.get("page"), value.get("url")
    if page and url:
        error = ValidationError(_("Choose a page or give an address, not both."), code="two_ends")
        raise blocks.StructBlockValidationError(block_errors={"url": error})
    if is_draft:
        return value
    if not page and not url:
        error = ValidationError(_("Choose a page or give an address."), code="no_end")
        raise blocks.StructBlockValidationError(block_errors={"page": error})
    if url and not value.get("label"):
        error = ValidationError(_("Say in words where the address leads."), code="no_label")
        raise blocks.StructBlockValidationError(block_errors={"label": error})
    return value


class RelatedLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = WebAddressBlock(required=False, label=_("Or address elsewhere"))
    label = blocks.CharBlock(required=False, max_length=200, label=_("Words of the link"))
    note = blocks.CharBlock(required=False, max_length=255, label=_("Why follow it"))

    class Meta:
        icon = "link"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        return clean_link(super().clean(value), is_draft=self.is_deferred_validation)


class RelatedValue(blocks.StructValue):
    @property
    def shown(self) -> list[tuple[LinkValue, LinkTarget]]:
        """The links that this reader may follow."""
        found = [(link, link.target) for link in self.get("links") or []]
        return [(link, target) for link, target in found if target]


class RelatedBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    links = blocks.ListBlock(RelatedLinkBlock(), label=_("Links"))

    class Meta:
        icon = "link"
        label = _("See also")
        heading = _("See also")
        group = GROUP
        description = _("Where to go from here, with a reason for each link")
        template = "links/related.html"
        css = ["links/links.css"]
        value_class = RelatedValue
        preview_value = {
            "links": [
                {
                    "url": "https://www.example.org/handbook",
                    "label": "The handbook",
                    "note": "Names the roles in full",
                }
            ]
        }

    def heading_for(self, value: Any) -> str:
        """No heading over links of which this reader may follow none."""
        return super().heading_for(value) if value.shown else ""

    def markdown_body(self, value: Any) -> str:
        lines = []
        for link, target in value.shown:
            note = f": {write.escape(link['note'])}" if link.get("note") else ""
            lines.append(write.link(target.title, target.url) + note)
        return write.bullets(lines)


class CallToActionBlock(PartBlock):
    text = blocks.CharBlock(max_length=255, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = WebAddressBlock(required=False, label=_("Or address elsewhere"))
    label = blocks.CharBlock(max_length=80, label=_("Words on the button"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = GROUP
        description = _("One thing to do next, as a button")
        template = "links/call_to_action.html"
        css = ["links/links.css"]
        value_class = LinkValue
        preview_value = {
            "text": "Ready to try it?",
            "url": "https://www.example.org/start",
            "label": "Start the pilot",
        }

    def clean(self, value: Any) -> Any:
        return clean_link(super().clean(value), is_draft=self.is_deferred_validation)

    def markdown_body(self, value: Any) -> str:
        target = value.target
        return write.join(
            write.escape(value.get("text")), write.link(target.title, target.url) if target else ""
        )
