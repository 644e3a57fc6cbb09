"""Links to pages (which survive moves) or to addresses elsewhere."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, WebAddressBlock, is_web_address, words_of
from templates_lib.markdown import write
from templates_lib.rendering import LinkTarget, page_target

GROUP = _("Links")


class LinkValue(blocks.StructValue):
    @property
    def target(self) -> LinkTarget | None:
        """Where it leads; None when the page must not be shown to this reader."""
        if self.get("page"):
            found = page_target(self["page"])
            if found is None:
                return None
            return replace(found, title=self.get("label") or found.title)
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


class ProgramPartRow(blocks.StructBlock):
    page = blocks.PageChooserBlock(required=False, label=_("Artifact"))
    url = WebAddressBlock(required=False, label=_("Or address elsewhere"))
    label = blocks.CharBlock(required=False, max_length=200, label=_("Words of the link"))
    reason = blocks.CharBlock(max_length=255, label=_("Why it stands here"))
    hand_over = blocks.CharBlock(
        required=False, max_length=255, label=_("What it hands over to the next")
    )

    class Meta:
        icon = "link"
        label_format = "{page} {label}"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        return clean_link(super().clean(value), is_draft=self.is_deferred_validation)


class ProgramValue(blocks.StructValue):
    @property
    def shown(self) -> list[tuple[LinkValue, LinkTarget]]:
        """The parts that this reader may see, in order; of the others nothing is told."""
        found = [(part, part.target) for part in self.get("parts") or []]
        return [(part, target) for part, target in found if target]


class ProgramBlock(PartBlock):
    """Several artifacts as one sequence. Each keeps its own version: the newest shows through."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    parts = blocks.ListBlock(ProgramPartRow(), min_num=1, label=_("Parts"))

    class Meta:
        icon = "list-ol"
        label = _("Program")
        heading = _("Program")
        group = GROUP
        description = _("Several artifacts in one sequence, each with its reason and hand-over")
        template = "links/program.html"
        css = ["links/links.css"]
        value_class = ProgramValue
        preview_value = {
            "parts": [
                {
                    "url": "https://www.example.org/discovery",
                    "label": "Discovery playbook",
                    "reason": "Nobody builds before the problem is understood",
                    "hand_over": "Problem statement with its figures",
                },
                {
                    "url": "https://www.example.org/launch",
                    "label": "Launch playbook",
                    "reason": "Brings to users what was understood",
                },
            ]
        }

    def heading_for(self, value: Any) -> str:
        """No heading over parts of which this reader may see none."""
        return super().heading_for(value) if value.shown else ""

    def markdown_body(self, value: Any) -> str:
        rows = (
            write.join(
                write.link(target.title, target.url) + _version_of(target),
                write.escape(part.get("reason")),
                write.labelled(_now("Hands over"), part.get("hand_over")),
            )
            for part, target in value.shown
        )
        return write.bullets(rows, ordered=True)

    def as_text(self, value: Any) -> str:
        """The index is one for all readers: what is said of an artifact may tell what it is."""
        open_to_all = [part for part in value.get("parts") or [] if not part.get("page")]
        rows = [words_of(self.child_blocks["parts"].child_block, part) for part in open_to_all]
        heading = str(value.get("title") or self.meta.heading)
        return "\n".join([heading, *(word for row in rows for word in row)])


def _version_of(target: LinkTarget) -> str:
    return ", " + _now("version %s") % target.version if target.version else ""


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
