"""Folders as other sites keep them: names, encodings and addresses that are odd but alive."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image as PillowImage

from knowledge.catalog.models import Artifact
from knowledge.exchange.imports import run
from tests.factories import CategoryFactory, person

UNDER = "operations/site"

FILES = {
    "index.md": "# Home\n\nBegin.\n\n[a](guide/first%20steps.md) [b](<guide/first steps.md>)\n",
    "guide/first steps.md": "# First steps\n\nOne.\n\nTwo [up](../index.md) [over](/api/ref/).\n",
    "guide/über-uns.md": "# Über uns\n\nOne.\n\n[Ω](%C3%BCber-uns.md) [x](../api/ref).\n",
    "guide/02-second.mdx": (
        "import X from './x';\n\n# Second\n\nOne.\n\n<Note>Mind.</Note>\n\n[first](./first%20steps)\n"
    ),
    "api/ref.markdown": "---\npermalink: /api/reference/\n---\n# Reference\n\nOne.\n\nTwo.\n",
    "api/_index.md": "+++\ntitle = 'The API'\n+++\n\n[second](/guide/second/)\n\nWords.\n",
    "wiki/Home.md": "# Wiki\n\nOne.\n\n[[First steps]] [[the API|ref]] ![[shot.png]]\n",
    "wiki/alias.md": "# Alias\n\nOne.\n\n[r](/api/reference/) [h](../index.html)\n",
    "crlf.md": "\ufeff---\r\ntitle: Lines\r\n---\r\n\r\nOne.\r\n\r\n- [ ] a\r\n- [ ] b\r\n",
    "mac.md": "# Old Mac\rOne.\r\rTwo.\r",
    "漢字.md": "# 漢字\n\n一。\n\n二。\n",
    "🎉 party.md": "# Party\n\nOne.\n\nTwo.\n",
    "no-title.md": "One.\n\nTwo.\n",
    "README.md": '<h1 align="center"><img src="x.png">The &amp; project</h1>\n\nOne.\n\nTwo.\n',
    "id.md": "# With an id {#mine}\n\nOne.\n\nTwo.\n",
    "_posts/2020-01-05-hello-all.md": "One.\n\nTwo.\n",
    "03-sorted.md": "One.\n\nTwo.\n",
    "3-tier.md": "One.\n\nTwo.\n",
    "tools/README.md": "One.\n\nTwo.\n",
    "marks.md": '---\ntitle: "The `x` call"\nsummary: "See [y](z.md)."\n---\nOne.\n\nTwo.\n',
    "hidden.md": "---\npublished: false\n---\nOne.\n\nTwo.\n",
    "white.md": " \n\t\n",
    "only-head.md": "---\ntitle: Nothing else\n---\n",
}


@pytest.fixture
def report(tmp_path: Path, home: object) -> Any:
    folder = tmp_path / "site"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    PillowImage.new("RGB", (60, 40), "olive").save(folder / "shot.png")
    CategoryFactory(slug="operations")
    return run.run(run.Options(folder=folder, under=UNDER, by=person("Editors")))


def entry(report: Any, file: str) -> Any:
    return next(one for one in report.files if one.file == file)


def parts(client: Client, report: Any, file: str) -> BeautifulSoup:
    response = client.get(entry(report, file).address)
    assert response.status_code == 200, file
    html = BeautifulSoup(response.content, "html.parser")
    return BeautifulSoup("".join(map(str, html.select(".part"))), "html.parser")


def test_each_file_arrives(report: Any) -> None:
    for name in FILES:
        wanted = "draft" if name in ("white.md", "only-head.md", "hidden.md") else "published"
        assert entry(report, name).outcome == wanted, (name, entry(report, name).reason)
    titles = set(Artifact.objects.values_list("title", flat=True))
    assert {"Lines", "Old Mac", "漢字", "Party", "No title", "The API", "Second"} <= titles


def test_titles_are_what_readers_call_it(report: Any) -> None:
    titles = set(Artifact.objects.values_list("title", flat=True))
    assert {"The & project", "With an id", "Hello all", "Sorted", "3 tier", "Tools"} <= titles
    page = Artifact.objects.get(title="The x call")
    assert page.bottom_line == "See y."


def test_links_lead_where_they_led(report: Any, client: Client) -> None:
    for file, wanted in (
        ("index.md", ["guide/first steps.md", "guide/first steps.md"]),
        ("guide/first steps.md", ["index.md", "api/ref.markdown"]),
        ("guide/über-uns.md", ["guide/über-uns.md", "api/ref.markdown"]),
        ("guide/02-second.mdx", ["guide/first steps.md"]),
        ("api/_index.md", ["guide/02-second.mdx"]),
        ("wiki/Home.md", ["guide/first steps.md", "api/ref.markdown"]),
        ("wiki/alias.md", ["api/ref.markdown", "index.md"]),
    ):
        found = [a["href"] for a in parts(client, report, file).select("a[href]")]
        assert found == [entry(report, one).address for one in wanted], file
        for address in found:
            assert client.get(address).status_code == 200


def test_what_they_hold_is_typed(report: Any, client: Client) -> None:
    assert parts(client, report, "wiki/Home.md").select_one("img") is not None
    assert parts(client, report, "guide/02-second.mdx").select_one(".part--callout") is not None
    assert parts(client, report, "crlf.md").select_one(".part--checklist") is not None
    assert "import" not in parts(client, report, "guide/02-second.mdx").get_text()
