"""Opens downloads as their readers do."""

import io
import zipfile
from typing import Any

import docx
from django.test import Client
from pypdf import PdfReader

ZERO_WIDTH_SPACE = "\u200b"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def fetch(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return body(response)


def pdf_text(content: bytes) -> str:
    """All words of the PDF with single spaces."""
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace(ZERO_WIDTH_SPACE, "").split())


def pdf_headings(content: bytes) -> list[str]:
    """Titles of the bookmarks, in reading order."""
    found: list[str] = []

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                found.append(str(entry.title))

    walk(PdfReader(io.BytesIO(content)).outline)
    return found


def pdf_links(content: bytes) -> set[str]:
    links = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A")
            if action is not None and "/URI" in action:
                links.add(str(action["/URI"]))
    return links


def pdf_images(content: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(io.BytesIO(content)).pages)


def word(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def word_text(content: bytes) -> str:
    document = word(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    return " ".join(" ".join([*paragraphs, *cells]).split())


def word_links(content: bytes) -> set[str]:
    relations = word(content).part.rels.values()
    return {one.target_ref for one in relations if one.is_external}


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
