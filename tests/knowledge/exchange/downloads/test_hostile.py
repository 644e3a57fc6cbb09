"""Content written to be run: by typst, by pandoc, by a reader of HTML. It stays words."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knowledge.catalog import models
from knowledge.catalog.permissions import Access
from knowledge.exchange.downloads import copies
from knowledge.exchange.downloads.nodes import from_markdown
from knowledge.exchange.downloads.pdf import compile as pdf_compile
from knowledge.exchange.errors import DownloadFailed
from tests.factories import ArtifactFactory, CategoryFactory
from tests.knowledge.exchange.downloads import files

SECRET = "the-content-of-the-file"
TYPST = '#read("/etc/passwd") #eval("1+1") $x^2$ *b* @ref <label> #import "@preview/x:1.0.0"'


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes who asks."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def hostile_markdown(host: str, path: Path) -> str:
    return f"""
Text {TYPST}

```{{=typst}}
#read("{path}")
```

```{{=openxml}}
<w:p><w:r><w:t>RAWXML</w:t></w:r></w:p>
```

`#read("{path}")`{{=typst}}

![one](file://{path})
![two]({path})
![three]({host}/pixel.png)
![four](../../../../../../..{path})

<img src="{host}/tag.png"> <script>alert(1)</script>

$$ \\input{{{path}}} $$

[click](javascript:alert(1)) [file](file://{path})

\\include{{{path}}}

```{{.python include="{path}"}}
```

[^1] @{path}
"""


@pytest.fixture
def hostile(home: object, tmp_path: Path, listener: tuple[str, list[str]]) -> Any:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    ArtifactFactory.of(
        models.GuidePage,
        title=f"Title {TYPST}",
        bottom_line=f'"); #read("{path}")',
        change_note="#panic()",
        slug="hostile",
        parent=CategoryFactory(slug="operations"),
        body=[
            {"type": "overview", "value": {"body": f"<p>{TYPST.replace('<', '&lt;')}</p>"}},
            {"type": "markdown", "value": {"source": hostile_markdown(listener[0], path)}},
            {"type": "code", "value": {"language": "plaintext", "source": f'#read("{path}")\n```'}},
            {"type": "heading", "value": {"text": "= #pagebreak() <x>", "depth": "section"}},
        ],
    )
    return path


@pytest.mark.parametrize("extension", ["pdf", "docx", "md", "json"])
def test_no_file_is_read_and_no_host_is_asked(
    client: Client, hostile: Path, listener: tuple[str, list[str]], extension: str
) -> None:
    content = files.fetch(client, f"/operations/hostile/download.{extension}")
    seen = {
        "pdf": files.pdf_text,
        "docx": lambda data: b" ".join(files.unzipped(data).values()).decode("utf-8", "replace"),
    }.get(extension, bytes.decode)(content)
    assert SECRET not in seen
    assert "root:x:0" not in seen
    assert listener[1] == []


def test_typst_code_is_printed_as_it_was_written(client: Client, hostile: Path) -> None:
    content = files.fetch(client, "/operations/hostile/download.pdf")
    text = files.pdf_text(content)
    assert f"Title {TYPST}" in text
    assert '#eval("1+1") $x^2$' in text
    assert "= #pagebreak() <x>" in files.pdf_headings(content)
    assert files.pdf_images(content) == 0
    assert not [
        one for one in files.pdf_links(content) if not one.startswith("http://127.0.0.1:8000")
    ]


def test_raw_xml_stays_text_in_word(client: Client, hostile: Path) -> None:
    content = files.fetch(client, "/operations/hostile/download.docx")
    assert "<w:t>RAWXML</w:t>" in files.word_text(content)
    assert not [
        one for one in files.word_links(content) if not one.startswith("http://127.0.0.1:8000")
    ]


def test_scripts_do_not_start_html_in_markdown(client: Client, hostile: Path) -> None:
    text = files.fetch(client, "/operations/hostile/download.md").decode()
    assert "\n<script" not in text
    assert " <script" not in text


def test_a_zip_holds_nothing_from_outside(client: Client, hostile: Path) -> None:
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    assert set(found) == {"index.md", "manifest.json", "hostile.md"}
    assert SECRET.encode() not in b"".join(found.values())


def test_the_worker_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    """Even code in the template itself is held inside."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "document.typ").write_text(f'#read("{secret}")')
    assert pdf_compile._run(folder, []) is False
    (folder / "document.typ").write_text('#import "@preview/cetz:0.3.0": canvas')
    assert pdf_compile._run(folder, []) is False


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_compile, "TIMEOUT_SECONDS", 1)
    (tmp_path / "document.typ").write_text(
        # Other words at each turn, so that typst cannot remember an answer.
        '#let f(n, s) = if n < 40 { f(n + 1, s + "a") + f(n + 1, s + "b") } else { 0 }\n#f(0, "")'
    )
    with pytest.raises(DownloadFailed):
        pdf_compile._run(tmp_path, [])


def test_brackets_and_nesting_are_read_in_good_time(home: object) -> None:
    deep = "\n".join(["[" * 20_000, "> " * 3000 + "x", "*" * 9000, "- " * 500 + "y", "`" * 9999])
    nodes = from_markdown(deep)
    assert nodes
    page = ArtifactFactory(slug="deep")
    page.body = [("markdown", {"source": deep})]
    copy = copies.of(page, Access())
    from knowledge.exchange.downloads.pdf import paper

    assert paper.make(copy).startswith(b"%PDF")
