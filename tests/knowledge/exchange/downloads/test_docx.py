from django.test import Client

from tests.knowledge.exchange.downloads import files
from tests.knowledge.exchange.pages import CODE, HEADINGS, TASK, Rich


def test_docx_has_every_heading_link_image_and_word(client: Client, rich: Rich) -> None:
    content = files.fetch(client, f"{rich.address}download.docx")
    document = files.word(content)
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert [one for one in headings if one in HEADINGS] == HEADINGS
    text = files.word_text(content)
    for words in (TASK, "inside one", "Incident | call", "Back up first", "Café → “straße” ≥ 3 €."):
        assert words in text, words
    assert CODE in [one.text for one in document.paragraphs]
    assert len(document.inline_shapes) == 1
    address = "http://127.0.0.1:8000/operations/handbook/neighbour/"
    assert {address, "https://example.org/paper"} <= files.word_links(content)


def test_docx_begins_with_title_and_facts(client: Client, rich: Rich) -> None:
    document = files.word(files.fetch(client, f"{rich.address}download.docx"))
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "Deploy on a Friday"
    lead = next(one for one in document.paragraphs if one.style.name == "Bottom Line")
    assert lead.text == "Do it before noon, or do not do it."
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert facts["Licence"] == "CC BY 4.0"
    assert facts["Version"].startswith("1.0 of")
    assert document.core_properties.title == "Deploy on a Friday"


def test_docx_counts_its_pages_and_speaks_british(client: Client, rich: Rich) -> None:
    document = files.word(files.fetch(client, f"{rich.address}download.docx"))
    footer = document.sections[0].footer._element.xml
    assert "NUMPAGES" in footer
    assert 'w:val="en-GB"' in document.styles.element.xml


def test_image_bytes_stand_in_the_file_once(client: Client, rich: Rich) -> None:
    parts = files.unzipped(files.fetch(client, f"{rich.address}download.docx"))
    assert b"base64" not in parts["word/document.xml"]
    assert b"Four stages in a row" in parts["word/document.xml"]
    assert sum(name.startswith("word/media/") for name in parts) == 1
