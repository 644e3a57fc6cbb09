"""Pictures, files and embeds."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model

from templates_lib.media import blocks as media
from templates_lib.media.blocks import EmbedBlock, FileBlock, ImageBlock
from templates_lib.rendering import RenderContext, rendering
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    words,
)

VIDEO = {"url": "https://video.example.org/1", "caption": "The demo, 3 minutes"}


@pytest.fixture
def image(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Picture.new("RGB", (1600, 900), "navy").save(content, "PNG")
    file = ImageFile(io.BytesIO(content.getvalue()), name="plan.png")
    return get_image_model().objects.create(title="Plan", file=file)


@pytest.fixture
def document(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(b"risk,owner\n", name="risks.csv")
    return get_document_model().objects.create(title="Risks", file=file, file_size=11)


@pytest.mark.parametrize("block", [ImageBlock(), FileBlock(), EmbedBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


def picture(image, **fields):
    return {"image": image.pk, "alt": "Four stages", "decorative": False, **fields}


def test_picture_has_words_sizes_and_a_caption(image):
    raw = picture(image, caption="The pipeline", credit="Ana")
    page = soup(render(ImageBlock(), raw))
    assert page.img["alt"] == "Four stages"
    assert page.img["loading"] == "lazy"
    assert page.img["width"] == "480"
    assert "1440w" in page.img["srcset"]
    assert words(str(page.figcaption)) == "The pipeline Ana"
    assert text(ImageBlock(), raw) == "Four stages\nThe pipeline\nAna"


def test_decorative_picture_is_passed_over_by_screen_readers(image):
    page = soup(render(ImageBlock(), picture(image, decorative=True)))
    assert page.img["alt"] == ""
    assert not page.figcaption


def test_picture_needs_words_unless_it_decorates(image):
    block = ImageBlock()
    assert error_codes(block, picture(image, alt="")) == {"alt": "no_alt"}
    assert error_codes(block, picture(image, alt="", decorative=True)) == {}
    assert error_codes(block, picture(image)) == {}
    assert draft_error_codes(block, picture(image, alt="")) == {}
    assert error_codes(block, {"alt": "x"}) == {"image": "required"}


def test_picture_in_a_download_is_the_file_beside_it(image):
    raw = picture(image, caption="The pipeline", credit="Ana")
    with rendering(RenderContext(images={image.pk: "images/plan.png"})):
        assert markdown(ImageBlock(), raw) == (
            "![Four stages](images/plan.png)\n\n*The pipeline · Ana*"
        )
    assert "![](" in markdown(ImageBlock(), picture(image, decorative=True))


def test_deleted_picture_says_what_it_showed(db):
    raw = {"image": 999_999, "alt": "Four stages", "caption": "The pipeline"}
    assert words(render(ImageBlock(), raw)) == (
        "The picture is no longer there. Four stages The pipeline"
    )
    assert markdown(ImageBlock(), raw) == "Four stages\n\n*The pipeline*"


def test_picture_whose_file_is_gone_does_not_break_the_page(image):
    image.file.storage.delete(image.file.name)
    assert soup(render(ImageBlock(), picture(image))).img["alt"] == "Four stages"


def test_file_tells_its_kind_and_size(document):
    raw = {"document": document.pk, "title": "", "description": "A sheet to copy."}
    page = soup(render(FileBlock(), raw))
    assert page.a.text == "Risks"
    assert page.a["href"] == document.url
    assert "CSV, 11\xa0bytes" in page.text
    assert "A sheet to copy." in page.text
    assert soup(render(FileBlock(), {**raw, "title": "Register"})).a.text == "Register"


def test_file_in_a_download_is_the_file_beside_it(document):
    raw = {"document": document.pk, "title": "Register", "description": "Copy it."}
    with rendering(RenderContext(documents={document.pk: "files/risks.csv"})):
        assert markdown(FileBlock(), raw) == "[Register](files/risks.csv)\n\nCopy it."
    assert document.url in markdown(FileBlock(), raw)


def test_deleted_file_is_told(db):
    raw = {"document": 999_999, "title": "Register", "description": "Copy it."}
    assert words(render(FileBlock(), raw)) == "The file is no longer there. Register Copy it."
    assert markdown(FileBlock(), raw) == "Register\n\nCopy it."


def test_embed_is_a_link_while_switched_off(settings):
    settings.PORTAL_EMBEDS_ENABLED = False
    page = soup(render(EmbedBlock(), VIDEO))
    assert page.a["href"] == VIDEO["url"]
    assert page.a.text == "The demo, 3 minutes"
    assert not page.find("iframe")
    assert markdown(EmbedBlock(), VIDEO) == "[The demo, 3 minutes](https://video.example.org/1)"


def test_embed_is_refused_while_switched_off(settings):
    settings.PORTAL_EMBEDS_ENABLED = False
    assert error_codes(EmbedBlock(), VIDEO) == {"url": "embeds_off"}


def test_embed_shows_what_its_provider_gives(db, settings, monkeypatch):
    settings.PORTAL_EMBEDS_ENABLED = True
    embed = Embed(url=VIDEO["url"], html='<iframe title="Demo"></iframe>', type="video")
    monkeypatch.setattr("wagtail.embeds.embeds.get_embed", lambda *args: embed)
    page = soup(render(EmbedBlock(), VIDEO))
    assert page.iframe["title"] == "Demo"
    assert page.figcaption.text == "The demo, 3 minutes"
    assert error_codes(EmbedBlock(), VIDEO) == {}


def test_embed_that_nobody_knows_is_refused_and_shown_as_a_link(settings, monkeypatch):
    settings.PORTAL_EMBEDS_ENABLED = True
    monkeypatch.setattr(media, "embed_html", lambda url: "")
    assert error_codes(EmbedBlock(), VIDEO) == {"url": "unknown_embed"}
    assert soup(render(EmbedBlock(), VIDEO)).a["href"] == VIDEO["url"]


def test_address_of_an_embed_must_be_of_the_web():
    raw = {"url": "javascript:alert(1)", "caption": "Demo"}
    assert words(render(EmbedBlock(), raw)) == "Demo"
    assert not soup(render(EmbedBlock(), raw)).a
    assert markdown(EmbedBlock(), raw) == "Demo"


def test_examples_of_the_picker_stand_for_the_real_thing():
    assert "Risk register" in render_preview(FileBlock())
    block = ImageBlock()
    html = str(block.render(block.get_preview_value(), context={"block_def": block}))
    assert "Your picture stands here." in html
    assert "The delivery pipeline" in html
