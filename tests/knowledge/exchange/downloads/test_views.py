import re
from typing import Any

import pytest
from django.test import Client

from knowledge.exchange.downloads import availability, service
from knowledge.exchange.downloads.pdf import compile as pdf_compile
from tests.factories import ArtifactFactory, person
from tests.knowledge.exchange.downloads import files
from tests.knowledge.exchange.pages import Rich

EXTENSIONS = ("pdf", "docx", "md", "json")


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_private_artifact_does_not_exist_in_any_format(
    client: Client, rich: Rich, extension: str
) -> None:
    hidden = client.get(f"/operations/board/secret/download.{extension}")
    missing = client.get(f"/operations/board/nothing/download.{extension}")
    assert hidden.status_code == missing.status_code == 404
    assert _without_ids(hidden.content) == _without_ids(missing.content)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_those_admitted_get_the_private_artifact(
    client: Client, rich: Rich, extension: str
) -> None:
    client.force_login(person("Administrators"))
    response = client.get(f"/operations/board/secret/download.{extension}")
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")
    files.body(response)


def test_the_zip_of_a_private_section_does_not_exist(client: Client, rich: Rich) -> None:
    assert client.get("/operations/board/download.zip").status_code == 404


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_drafts_have_no_download(client: Client, rich: Rich, extension: str) -> None:
    ArtifactFactory(slug="half-done", parent=rich.section, live=False)
    address = f"/operations/handbook/half-done/download.{extension}"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/operations/download.pdf",
        "/operations/handbook/deploy-friday/download.zip",
        "/operations/handbook/deploy-friday/download.exe",
        "/download.zip",
        "/nowhere/download.md",
        f"/{'a/' * 700}download.md",
    ],
)
def test_what_has_no_such_file_is_not_found(client: Client, rich: Rich, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_live_version_is_taken_not_the_draft(client: Client, rich: Rich) -> None:
    rich.page.title = "An unpublished title"
    rich.page.save_revision()
    text = files.fetch(client, f"{rich.address}download.md").decode()
    assert "An unpublished title" not in text


def test_the_file_is_named_typed_and_never_sniffed(client: Client, rich: Rich) -> None:
    response = client.get(f"{rich.address}download.pdf")
    files.body(response)
    name = response["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="deploy-friday-v1\.0-\d{4}-\d\d-\d\d\.pdf"', name), (
        name
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_who_has_the_file_is_told_so(client: Client, rich: Rich, extension: str) -> None:
    address = f"{rich.address}download.{extension}"
    first = client.get(address)
    files.body(first)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["ETag"] == first["ETag"]
    since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


def test_another_version_is_another_file(
    client: Client, rich: Rich, django_capture_on_commit_callbacks: Any
) -> None:
    first = client.get(f"{rich.address}download.md")
    files.body(first)
    rich.page.bottom_line = "Never on a Friday."
    with django_capture_on_commit_callbacks(execute=True):
        rich.page.save_revision().publish()
    second = client.get(f"{rich.address}download.md", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert b"Never on a Friday." in files.body(second)
    assert "-v1.1-" in second["Content-Disposition"]


def test_the_second_request_runs_no_program(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files.fetch(client, f"{rich.address}download.pdf")
    monkeypatch.setattr(pdf_compile, "_run", None)
    assert files.fetch(client, f"{rich.address}download.pdf") == first


def test_a_lost_file_is_made_again(client: Client, rich: Rich, settings: Any) -> None:
    first = files.fetch(client, f"{rich.address}download.md")
    for path in settings.PORTAL_DOWNLOADS_DIR.rglob("*.md"):
        path.unlink()
    assert files.fetch(client, f"{rich.address}download.md") == first


def test_without_its_library_a_format_is_refused_with_a_page(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(availability, "has_typst", lambda: False)
    monkeypatch.setattr("knowledge.exchange.downloads.formats.has_typst", lambda: False)
    response = client.get(f"{rich.address}download.pdf")
    assert response.status_code == 503
    page = response.content.decode()
    assert "The format PDF is not available on this server." in page
    assert rich.address in page


def test_the_menu_says_what_is_missing_before_the_click(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.exchange.downloads.formats.has_typst", lambda: False)
    page = client.get(rich.address).content.decode()
    assert f"{rich.address}download.pdf" not in page
    assert "Not available on this server" in page
    assert f'href="{rich.address}download.docx"' in page


def test_the_menu_tells_the_size_of_a_file_that_is_ready(client: Client, rich: Rich) -> None:
    size = len(files.fetch(client, f"{rich.address}download.md"))
    client.force_login(person())
    page = client.get(rich.address).content.decode()
    for extension in EXTENSIONS:
        assert f'href="{rich.address}download.{extension}"' in page
    shown = re.search(r"plain text with metadata, ([\d.]+)\s*([\w]+)", page.replace("\xa0", " "))
    assert shown is not None, size


def test_a_fault_while_making_is_a_page_that_says_what_to_do(
    client: Client, rich: Rich, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_compile, "_run", lambda *_arguments: False)
    response = client.get(f"{rich.address}download.pdf")
    assert response.status_code == 500
    assert "Please try another format" in response.content.decode()
    assert not list(_files(service))


def test_only_reading_is_allowed(client: Client, rich: Rich) -> None:
    assert client.post(f"{rich.address}download.md").status_code == 405
    head = client.head(f"{rich.address}download.md")
    assert head.status_code == 200
    assert int(head["Content-Length"]) > 100
    assert head.content == b"" if not head.streaming else files.body(head) == b""


def test_one_download_costs_few_queries(
    client: Client, rich: Rich, django_assert_max_num_queries: Any
) -> None:
    files.fetch(client, f"{rich.address}download.md")
    with django_assert_max_num_queries(4):
        files.fetch(client, f"{rich.address}download.md")


def _without_ids(page: bytes) -> bytes:
    return re.sub(rb"secret|nothing|[0-9a-f]{16}", b"", page)


def _files(_service: Any) -> list[Any]:
    from django.conf import settings

    folder = settings.PORTAL_DOWNLOADS_DIR
    return [one for one in folder.rglob("*") if one.is_file()] if folder.exists() else []
