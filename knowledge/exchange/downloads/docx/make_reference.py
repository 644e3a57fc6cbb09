"""Makes reference.docx, the styles of every Word download, from pandoc's own.

Run ``python -m knowledge.exchange.downloads.docx.make_reference`` after a change here and commit
the result. It needs python-docx, which only developers have.
"""

import io
import subprocess
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from knowledge.exchange.downloads.availability import pandoc_path

REFERENCE = Path(__file__).resolve().parent / "reference.docx"
INK, MUTED, ACCENT = (
    RGBColor(0x1B, 0x1F, 0x24),
    RGBColor(0x55, 0x60, 0x6B),
    RGBColor(0x1D, 0x4F, 0x72),
)
TEXT_FONT, CODE_FONT = "Calibri", "Consolas"
HEADINGS = {"Heading 1": 17, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 11}
LANGUAGE = "en-GB"


def make() -> bytes:
    default = subprocess.run(  # noqa: S603 - fixed arguments
        [pandoc_path(), "--print-default-data-file", "reference.docx"],
        capture_output=True,
        check=True,
    ).stdout
    document = Document(io.BytesIO(default))
    _page(document)
    _styles(document)
    result = io.BytesIO()
    document.save(result)
    return _dated(result.getvalue())


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    header = section.header.paragraphs[0]
    _field(header, "TITLE")
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for paragraph in (header, footer):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), MUTED


def _field(paragraph, code: str) -> None:  # type: ignore[no-untyped-def]
    """A field that Word fills: begin, instruction, end."""
    for kind, content in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = content
        run._r.append(mark)  # python-docx has no call of its own for fields


def _styles(document: DocumentType) -> None:
    for name in (
        "Normal",
        "Body Text",
        "First Paragraph",
        "Compact",
        "Title",
        "Subtitle",
        *HEADINGS,
    ):
        style = document.styles[name]
        _font(style, TEXT_FONT)
        style.font.color.rgb = INK
    for name in ("Normal", "Body Text", "First Paragraph", "Compact"):
        document.styles[name].font.size = Pt(10.5)
    for name, size in HEADINGS.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    title = document.styles["Title"]
    title.font.size, title.font.bold = Pt(26), True
    title.paragraph_format.alignment = 0
    document.styles["Subtitle"].font.color.rgb = ACCENT
    document.styles["Subtitle"].paragraph_format.alignment = 0
    lead = document.styles.add_style("Bottom Line", WD_STYLE_TYPE.PARAGRAPH)
    lead.base_style = document.styles["Normal"]
    lead.font.size = Pt(13)
    code = document.styles["Verbatim Char"]
    _font(code, CODE_FONT)
    code.font.size = Pt(9)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    _table(document)


def _font(style: ParagraphStyle, name: str) -> None:
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _table(document: DocumentType) -> None:
    """Thin lines between rows; pandoc names this style in every table."""
    style = document.styles["Table"]
    properties = style.element.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9D1D9")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.insert(len(properties) - 1, borders)


def _dated(content: bytes) -> bytes:
    """The same file with fixed dates and full compression, so that a new run shows no difference."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return result.getvalue()


if __name__ == "__main__":
    REFERENCE.write_bytes(make())
