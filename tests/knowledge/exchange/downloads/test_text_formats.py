import json

import yaml
from django.test import Client

from tests.factories import person
from tests.knowledge.exchange.downloads import files
from tests.knowledge.exchange.pages import CODE, HEADINGS, TASK, Rich


def test_markdown_has_front_matter_and_the_whole_text(client: Client, rich: Rich) -> None:
    text = files.fetch(client, f"{rich.address}download.md").decode()
    _empty, head, rest = text.split("---\n", 2)
    facts = yaml.safe_load(head)
    assert facts["title"] == "Deploy on a Friday"
    assert facts["version"] == "1.0"
    assert facts["tags"] == ["Releases"]
    assert facts["licence"] == "CC BY 4.0"
    assert facts["address"] == f"http://127.0.0.1:8000{rich.address}"
    assert rest.strip().startswith("# Deploy on a Friday\n")
    for heading in HEADINGS:
        assert f"# {heading}\n" in rest
    assert CODE in rest
    assert f"- [ ] {TASK}" in rest
    assert "[the neighbour](http://127.0.0.1:8000/operations/handbook/neighbour/)" in rest
    assert "![Four stages in a row](http://127.0.0.1:8000/media/" in rest


def test_a_link_to_what_the_reader_may_not_see_is_plain_words(client: Client, rich: Rich) -> None:
    for extension in ("md", "json"):
        text = files.fetch(client, f"{rich.address}download.{extension}").decode()
        assert "the secret" in text
        assert "board" not in text
        assert "Secret plans" not in text


def test_who_may_see_it_gets_the_link(client: Client, rich: Rich) -> None:
    client.force_login(person("Administrators"))
    text = files.fetch(client, f"{rich.address}download.md").decode()
    assert "[the secret](http://127.0.0.1:8000/operations/board/secret/)" in text


def test_json_is_the_portable_document(client: Client, rich: Rich) -> None:
    data = json.loads(files.fetch(client, f"{rich.address}download.json"))
    assert data["format"] == "playbook-portal/artifact"
    assert data["format_version"] == 1
    assert data["kind"] == "guide"
    assert data["version"] == "1.0"
    blocks = [next(iter(block)) for block in data["body"]]
    assert blocks[:3] == ["overview", "heading", "paragraph"]
    assert "[the neighbour](page:operations/handbook/neighbour)" in json.dumps(data["body"])
    assert data["images"][0]["url"].startswith("http://127.0.0.1:8000/media/")


def test_json_names_no_login(client: Client, rich: Rich) -> None:
    text = files.fetch(client, f"{rich.address}download.json").decode()
    assert rich.page.owner_user.get_full_name() in text
    assert rich.page.owner_user.username not in text
