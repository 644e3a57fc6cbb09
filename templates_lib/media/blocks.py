"""Pictures with words for those who cannot see them, files, and embeds (off by default)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.format import embed_to_frontend_html
from wagtail.images.blocks import ImageChooserBlock

from templates_lib.base import PartBlock, WebAddressBlock, is_web_address
from templates_lib.markdown import write
from templates_lib.rendering import current

GROUP = _("Media")
CSS = ["media/media.css"]


class ImageBlock(PartBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("What the picture shows"),
        help_text=_("Read aloud to those who cannot see it."),
    )
    decorative = blocks.BooleanBlock(required=False, label=_("Only for decoration"))
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))
    credit = blocks.CharBlock(required=False, max_length=200, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Picture")
        group = GROUP
        description = _("A picture with a caption and words for those who cannot see it")
        template = "media/image.html"
        css = CSS
        preview_value = {"alt": "A pipeline of four stages", "caption": "The delivery pipeline"}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if value.get("image") and not value.get("alt") and not value.get("decorative"):
            error = ValidationError(
                _("Say what the picture shows, or mark it as decoration."), code="no_alt"
            )
            raise blocks.StructBlockValidationError(block_errors={"alt": error})
        return value

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["alt"] = "" if value.get("decorative") else value.get("alt") or ""
        return context

    def markdown_body(self, value: Any) -> str:
        image = value.get("image")
        context = current()
        alt = "" if value.get("decorative") else value.get("alt")
        note = " · ".join(one for one in (value.get("caption"), value.get("credit")) if one)
        if image:
            url = context.images.get(image.pk) if context else None
            picture = f"!{write.link(alt, url or image.file.url)}"
        else:
            picture = write.escape(alt)
        return write.join(picture, f"*{write.escape(note)}*" if note else "")


class FileBlock(PartBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    description = blocks.TextBlock(required=False, max_length=600, label=_("Description"), rows=2)

    class Meta:
        icon = "doc-full"
        label = _("File")
        group = GROUP
        description = _("A file to take along")
        template = "media/file.html"
        css = CSS
        preview_value = {"title": "Risk register", "description": "A sheet to copy."}

    def markdown_body(self, value: Any) -> str:
        document = value.get("document")
        if not document:
            return write.join(
                write.escape(value.get("title")), write.paragraphs(value.get("description"))
            )
        context = current()
        url = context.documents.get(document.pk) if context else None
        title = value.get("title") or document.title
        return write.join(
            write.link(title, url or document.url), write.paragraphs(value.get("description"))
        )


class EmbedBlock(PartBlock):
    """Other hosts see who reads what is embedded: a link stands in its place unless switched on."""

    url = WebAddressBlock(label=_("Address"))
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Embed")
        group = GROUP
        description = _("A video on another host; a link while embeds are switched off")
        template = "media/embed.html"
        css = CSS
        preview_value = {"url": "https://www.example.org/video", "caption": "The demo, 3 minutes"}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value.get("url") and not settings.PORTAL_EMBEDS_ENABLED:
            error = ValidationError(
                _("Embeds are switched off on this site. Use a link instead."), code="embeds_off"
            )
            raise blocks.StructBlockValidationError(block_errors={"url": error})
        if value.get("url") and not embed_html(value["url"]):
            error = ValidationError(
                _("This address cannot be embedded. Use a link instead."), code="unknown_embed"
            )
            raise blocks.StructBlockValidationError(block_errors={"url": error})
        return value

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        url = value.get("url")
        context["address"] = url if is_web_address(url) else ""
        context["embed"] = (
            embed_html(url) if context["address"] and settings.PORTAL_EMBEDS_ENABLED else ""
        )
        return context

    def markdown_body(self, value: Any) -> str:
        url = value.get("url")
        caption = value.get("caption")
        return write.link(caption or url, url) if is_web_address(url) else write.escape(caption)


def embed_html(url: str) -> str:
    """What the provider of an embed gives for an address; empty when nobody knows it."""
    return embed_to_frontend_html(url)
