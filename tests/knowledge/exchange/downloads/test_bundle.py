import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from knowledge.catalog.models import GuidePage
from knowledge.exchange.downloads import bundle
from tests.factories import ArtifactFactory, FaqEntryFactory, FaqPageFactory, person
from tests.knowledge.exchange.downloads import files
from tests.knowledge.exchange.pages import HEADINGS, Rich


def test_zip_holds_each_artifact_with_images_and_an_index(client: Client, rich: Rich) -> None:
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    assert {"index.md", "manifest.json", "handbook/deploy-friday.md"} <= set(found)
    text = found["handbook/deploy-friday.md"].decode()
    for heading in HEADINGS:
        assert f"# {heading}\n" in text
    image = re.search(r"!\[Four stages in a row\]\((.*?)\)", text)
    assert image is not None
    assert image[1].startswith("../images/")
    assert found[image[1].removeprefix("../")].startswith(b"\x89PNG")
    index = found["index.md"].decode()
    assert "[Deploy on a Friday](handbook/deploy-friday.md)" in index
    assert "## Handbook" in index
    manifest = json.loads(found["manifest.json"])
    assert [one["title"] for one in manifest["artifacts"]] == [
        "The neighbour page",
        "Deploy on a Friday",
    ]


def test_links_inside_the_zip_are_relative_and_work(client: Client, rich: Rich) -> None:
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    assert "[the neighbour](neighbour.md)" in found["handbook/deploy-friday.md"].decode()
    for name, content in found.items():
        if not name.endswith(".md"):
            continue
        folder = name.rpartition("/")[0]
        for target in re.findall(r"\]\(([^)#]+)\)", content.decode()):
            if not target.startswith("http"):
                assert _joined(folder, target) in found, (name, target)


def test_files_in_the_zip_have_their_whole_address(client: Client, rich: Rich) -> None:
    file = ContentFile(b"risk,owner\n", name="risks.csv")
    document = get_document_model().objects.create(title="Risks", file=file, file_size=11)
    body = [{"type": "file", "value": {"document": document.pk}}]
    ArtifactFactory.of(GuidePage, slug="risks", parent=rich.section, body=body)
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    assert (
        f"[Risks]({settings.PORTAL_BASE_URL}{document.url})" in found["handbook/risks.md"].decode()
    )


def test_what_is_hidden_is_absent_from_the_zip(client: Client, rich: Rich) -> None:
    raw = files.fetch(client, "/operations/download.zip")
    found = files.unzipped(raw)
    everything = b"\n".join([*found.values(), *(name.encode() for name in found)])
    assert b"Secret plans" not in everything
    assert b"board" not in everything
    assert b"Board only" not in everything


def test_administrators_get_what_they_may_see(client: Client, rich: Rich) -> None:
    client.force_login(person("Administrators"))
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    assert "board/secret.md" in found


def test_drafts_stay_out(client: Client, rich: Rich) -> None:
    ArtifactFactory(title="Half done", slug="half-done", parent=rich.section, live=False)
    assert "handbook/half-done.md" not in files.unzipped(
        files.fetch(client, "/operations/handbook/download.zip") or b""
    )


def test_answers_of_an_faq_page_are_a_bundle_of_their_own(client: Client, rich: Rich) -> None:
    faq = FaqPageFactory(slug="questions", parent=rich.category)
    FaqEntryFactory(title="Why Friday?", slug="why-friday", parent=faq)
    found = files.unzipped(files.fetch(client, "/operations/questions/download.zip"))
    assert "# Why Friday?" in found["why-friday.md"].decode()


def test_same_content_gives_the_same_bytes_and_the_second_comes_from_disk(
    client: Client, rich: Rich
) -> None:
    first = client.get("/operations/download.zip")
    made = files.body(first)
    again = client.get("/operations/download.zip")
    assert not hasattr(first, "file_to_stream")
    assert again.filename == first["Content-Disposition"].split('"')[1]
    assert files.body(again) == made
    assert (
        client.get("/operations/download.zip", HTTP_IF_NONE_MATCH=again["ETag"]).status_code == 304
    )


def test_a_new_publication_makes_a_new_zip(
    client: Client, rich: Rich, django_capture_on_commit_callbacks: Any
) -> None:
    before = client.get("/operations/download.zip")
    files.body(before)
    with django_capture_on_commit_callbacks(execute=True):
        ArtifactFactory(title="Brand new", slug="brand-new", parent=rich.section)
    after = client.get("/operations/download.zip")
    assert before["ETag"] != after["ETag"]
    assert "handbook/brand-new.md" in files.unzipped(files.body(after))


def test_beyond_the_limits_is_left_out_and_named(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MAX_ARTIFACTS", 1)
    found = files.unzipped(files.fetch(client, "/operations/download.zip"))
    manifest = json.loads(found["manifest.json"])
    assert len(manifest["artifacts"]) == 1
    assert manifest["left_out"] == [{"title": "Deploy on a Friday", "reason": "too many artifacts"}]
    assert "Deploy on a Friday: too many artifacts" in found["index.md"].decode()


def test_images_beyond_the_limit_are_named(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 100)
    manifest = json.loads(
        files.unzipped(files.fetch(client, "/operations/download.zip"))["manifest.json"]
    )
    assert manifest["images"] == []
    assert "Deploy on a Friday" in manifest["left_out"][0]["reason"]


def test_queries_grow_only_a_little_with_the_section(
    client: Client, rich: Rich, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        ArtifactFactory(parent=rich.section)
    with django_assert_max_num_queries(60):
        files.fetch(client, "/operations/download.zip")


def _joined(folder: str, target: str) -> str:
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)
