"""What editors upload is what it says, or they are told why it is not taken."""

import io
import zipfile

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Page

from tests.factories import person

pytestmark = pytest.mark.django_db
ADDRESSES = {"images": "wagtailimages", "documents": "wagtaildocs"}


def picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((60, 60), 50).save(made, "PNG")
    return made.getvalue()


def archive(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(part, "<x/>")
    return made.getvalue()


@pytest.fixture
def upload(home: Page, client: Client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(person("Editors"))

    def send(sort: str, name: str, content: bytes) -> dict:
        answer = client.post(
            reverse(f"{ADDRESSES[sort]}:add_multiple"),
            {"title": name, "collection": 1, "files[]": SimpleUploadedFile(name, content)},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert answer.status_code == 200
        return answer.json()

    return send


@pytest.mark.parametrize("kept", [60, 300])
def test_a_picture_that_was_cut_off_is_refused_in_words(upload, kept: int) -> None:
    answer = upload("images", "cut.png", picture()[:kept])
    assert not answer["success"]
    assert "corrupted image" in answer["error_message"]


def test_a_whole_picture_is_taken(upload) -> None:
    assert upload("images", "whole.png", picture())["success"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("program.txt", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("text.docx", b"PK\x03\x04 and no more"),
        ("other.docx", archive("xl/workbook.xml")),
        ("cut.zip", archive("a.txt")[:20]),
    ],
    ids=["page", "program", "text", "table-as-text", "cut-off"],
)
def test_a_document_with_the_content_of_another_kind_is_refused(
    upload, name: str, content: bytes
) -> None:
    answer = upload("documents", name, content)
    assert not answer["success"]
    assert "not that of a" in answer["error_message"]
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("paper.pdf", b"%PDF-1.7\n%%EOF"),
        ("list.csv", "Größe;Preis\n1;2".encode("latin-1")),
        ("notes.md", b"# Notes\n"),
        ("text.docx", archive("word/document.xml")),
        ("all.zip", archive()),
    ],
    ids=["pdf", "csv", "markdown", "docx", "zip"],
)
def test_a_document_that_is_what_it_says_is_kept_whole(upload, name: str, content: bytes) -> None:
    assert upload("documents", name, content)["success"]
    with get_document_model().objects.get().file.open() as file:
        assert file.read() == content


def test_a_document_has_a_greatest_size(upload, settings) -> None:
    limit = configured.WAGTAILDOCS_MAX_UPLOAD_SIZE
    answer = upload("documents", "big.pdf", b"%PDF-1.7" + b"x" * limit)
    assert not answer["success"]
    assert "too big" in answer["error_message"]
