from datetime import UTC, datetime
from io import BytesIO

from django.test import Client
from pypdf import PdfReader

from knowledge.catalog.permissions import Access
from knowledge.exchange.downloads import copies
from knowledge.exchange.downloads.pdf import paper
from tests.knowledge.exchange.downloads import files
from tests.knowledge.exchange.pages import CODE, HEADINGS, TASK, Rich


def test_pdf_has_every_heading_link_image_and_word(client: Client, rich: Rich) -> None:
    content = files.fetch(client, f"{rich.address}download.pdf")
    text = files.pdf_text(content)
    assert [one for one in files.pdf_headings(content) if one in HEADINGS] == HEADINGS
    for words in (CODE, TASK, "inside one", "Incident | call", "4", "Back up first", "Wait"):
        assert words in text, words
    assert "Café → “straße” ≥ 3 €." in text
    assert files.pdf_images(content) == 1
    address = "http://127.0.0.1:8000/operations/handbook/neighbour/"
    assert {address, "https://example.org/paper"} <= files.pdf_links(content)


def test_cover_tells_what_identifies_the_copy(client: Client, rich: Rich) -> None:
    reader = PdfReader(BytesIO(files.fetch(client, f"{rich.address}download.pdf")))
    cover = " ".join(reader.pages[0].extract_text().split())
    for words in (
        "Guide",
        "Deploy on a Friday",
        "Do it before noon, or do not do it.",
        "1.0 of",
        "Noon instead of two o'clock.",
        rich.page.owned_by,
        "Not verified yet",
        "CC BY 4.0",
        f"http://127.0.0.1:8000{rich.address}",
    ):
        assert words in cover, words
    assert "Page 1" not in cover
    assert f"Page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()
    assert "Contents" in reader.pages[1].extract_text()


def test_pdf_is_tagged_and_claims_pdf_ua(client: Client, rich: Rich) -> None:
    reader = PdfReader(BytesIO(files.fetch(client, f"{rich.address}download.pdf")))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata.title == "Deploy on a Friday"
    assert b"Four stages in a row" in _structure_text(reader)


def test_pages_are_embedded_with_their_fonts(client: Client, rich: Rich) -> None:
    reader = PdfReader(BytesIO(files.fetch(client, f"{rich.address}download.pdf")))
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())


def test_same_copy_gives_the_same_bytes(rich: Rich) -> None:
    copy = copies.of(rich.page, Access())
    assert paper.make(copy) == paper.make(copy)


def test_characters_without_a_font_do_not_stop_the_file(rich: Rich) -> None:
    rich.page.body = [("paragraph", "")]
    data = paper.paper_of(copies.of(rich.page, Access()))
    data["body"] = [{"t": "p", "c": ["Lock \U0001f510 and 漢字"]}]
    content = paper.to_pdf(data, [], datetime(2026, 1, 1, tzinfo=UTC))
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"].value is True


def _structure_text(reader: PdfReader) -> bytes:
    """The alternative texts of the structure tree."""
    found: list[bytes] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if hasattr(node, "get_object"):
            node = node.get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]).encode())
            if "/K" in node:
                waiting.append(node["/K"])
    return b"\n".join(found)
