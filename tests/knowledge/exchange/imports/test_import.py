"""A folder goes in through the command; readers see what its files said."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.catalog.models import Artifact, SectionPage
from knowledge.exchange.imports import run
from knowledge.exchange.models import SourceRecord
from tests.factories import CategoryFactory, person
from tests.knowledge.exchange.imports import acceptance, tree

UNDER = "operations/handbook"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tree.make(tmp_path / "handbook")


@pytest.fixture
def by(home: object) -> Any:
    CategoryFactory(slug="operations")
    return person("Editors", username="editor")


def bring(folder: Path, by: Any, **options: Any) -> run.Report:
    return run.run(run.Options(folder=folder, under=UNDER, by=by, **options))


def entry(report: run.Report, file: str) -> Any:
    return next(one for one in report.files if one.file == file)


def shown(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def parts(client: Client, address: str) -> BeautifulSoup:
    html = shown(client, address)
    return BeautifulSoup("".join(map(str, html.select(".part"))), "html.parser")


def words(html: Any) -> str:
    return " ".join(html.get_text(" ").split())


def test_every_file_arrives_or_is_named_with_the_reason(folder: Path, by: Any) -> None:
    report = bring(folder, by)
    count = acceptance.check(folder, report)
    assert [(one.file, one.what) for one in count.faults] == []
    assert count.files == len(tree.FILES) + 3
    assert count.links == 10
    assert count.images == 3
    left = {one.file: one.reason for one in report.files if one.outcome == "left"}
    assert left == {
        "LICENSE": "it is neither Markdown nor a picture",
        "mkdocs.yml": "it is neither Markdown nor a picture",
        ".github/ISSUE_TEMPLATE.md": "it is hidden: the settings of a tool",
        "docs/layout.erb": "it is a page template, not Markdown",
        "docs/images/unused.png": "no page shows it",
    }


def test_folders_become_sections_and_indexes_open_them(folder: Path, by: Any) -> None:
    report = bring(folder, by)
    section = SectionPage.objects.get(slug="guides")
    assert section.title == "Guides"
    assert section.intro == "What everybody should have read."
    assert section.live
    assert entry(report, "docs/guides/README.md").outcome == "section"
    assert entry(report, "README.md").address == f"/{UNDER}/overview/"


def test_metadata_arrives(folder: Path, by: Any) -> None:
    bring(folder, by)
    page = Artifact.objects.get(slug="setup")
    assert page.title == "Set up a workstation"
    assert page.bottom_line == "Half an hour from a bare machine to the first test run."
    assert sorted(tag.name for tag in page.tags.all()) == ["onboarding", "tools"]
    assert page.owner_user == by
    assert page.review_interval_days == 183
    assert str(page.last_reviewed) == "2026-08-19"
    assert str(page.next_review) == "2027-02-18"
    assert page.reviewed_by is None
    record = SourceRecord.objects.get(page_id=page.pk)
    assert (record.collection, record.ref) == (f"{UNDER}:handbook", "docs/setup.md")


def test_a_page_shows_all_that_its_file_said(folder: Path, by: Any, client: Client) -> None:
    bring(folder, by)
    html = parts(client, f"/{UNDER}/setup/")
    text = words(html)
    for expected in (
        "Mind the disk",
        "Keep 20 GB free.",
        "df -h",
        "Folded text.",
        "Linux",
        "apt install python3",
        "Tool",
        "Close it",
        "After the start",
        "Text with Ctrl",
        "<your-name>",
        "Ask early.",
        "and so on.",
        "Simple is better.",
        "flowchart LR",
    ):
        assert expected in text, expected
    assert "key: value" in [code.get_text().strip() for code in html.select("pre code")]
    assert "[!TIP]" not in text
    assert "!!!" not in text
    assert html.select_one(".part--callout") is not None
    assert html.select_one("blockquote") is not None
    assert html.select_one("table") is not None
    assert html.find("b", string="bold") or html.find("strong", string="bold")
    assert {img["alt"] for img in html.select("img")} == {
        "The screen",
        "Picture under “2. Install & run”",
    }


def test_a_drawing_is_shown_as_a_picture(folder: Path, by: Any) -> None:
    bring(folder, by)
    image = get_image_model().objects.get(title="Drawing")
    assert image.file.name.endswith(".png")
    with PillowImage.open(image.file) as picture:
        assert picture.size == (240, 120)
        assert picture.convert("RGB").getpixel((10, 10)) == (128, 128, 0)


def test_links_lead_to_pages_and_places(folder: Path, by: Any, client: Client) -> None:
    bring(folder, by)
    html = parts(client, f"/{UNDER}/setup/")
    links = {a.get_text(): a["href"] for a in html.select("a[href]")}
    assert links["the guides"] == f"/{UNDER}/guides/"
    assert links["below"] == "#notes"
    assert links["up"] == f"/{UNDER}/overview/#where-to-begin"
    assert links["rules"] == f"/{UNDER}/guides/rules/"
    assert html.select_one("[id=notes]") or shown(client, f"/{UNDER}/setup/").select_one(
        "[id=notes]"
    )
    begin = parts(client, f"/{UNDER}/overview/")
    places = {a.get_text(): a["href"] for a in begin.select("a[href]")}
    assert places["second step"] == f"/{UNDER}/setup/#2-install-run"
    assert places["one of them"] == f"/{UNDER}/guides/"
    assert "Licence" not in places
    assert "nothing" not in places


def test_other_dialects_arrive(folder: Path, by: Any, client: Client) -> None:
    report = bring(folder, by)
    html = parts(client, f"/{UNDER}/guides/styles/")
    text = words(html)
    assert "<%" not in text
    for expected in ("Never in", "Good to know", "Call to action", "More", "Hidden text."):
        assert expected in text, expected
    links = [a["href"] for a in html.select("a[href]")]
    assert f"/{UNDER}/setup/" in links
    assert links.count(f"/{UNDER}/guides/rules/") == 2
    assert any(link.startswith(f"/{UNDER}/guides/rules/#context") for link in links)
    pager = parts(client, f"/{UNDER}/guides/pager-too-loud/")
    assert "Turn it down" in words(pager)
    assert "{{<" not in words(pager)
    notes = [note.what for note in entry(report, "docs/guides/PagerTooLoud.md").notes]
    assert "shortcode param volume" in notes
    assert any("reads like a runbook" in note for note in notes)


def test_kinds_are_recognised(folder: Path, by: Any) -> None:
    report = bring(folder, by)
    checklist = Artifact.objects.get(slug="release-checklist").specific
    assert checklist.kind == "checklist"
    (block,) = [one for one in checklist.body if one.block_type == "checklist"]
    steps = block.value["steps"]
    assert [step["task"] for step in steps] == ["Tell the duty engineer", "Tag it", "Celebrate"]
    assert [step["optional"] for step in steps] == [False, False, True]
    assert "in the right branch" in steps[1]["detail"].source
    assert 'linktype="page"' in steps[0]["detail"].source
    record = Artifact.objects.get(slug="rules", kind="decision-record").specific
    assert record.status == "accepted"
    assert {one.block_type for one in record.body} == {"context", "decision", "consequences"}
    assert entry(report, "docs/guides/rules.md").kind == "decision-record"


def test_what_is_incomplete_is_a_draft_and_says_why(folder: Path, by: Any) -> None:
    report = bring(folder, by)
    for name, reason in (
        ("docs/empty.md", "it holds nothing but a title"),
        ("docs/only-title.md", "it holds nothing but a title"),
        ("docs/draft.md", "its front matter says so"),
    ):
        assert entry(report, name).outcome == "draft", name
        assert entry(report, name).reason == reason
    assert not Artifact.objects.get(slug="draft").live


def test_malformed_heads_lose_no_text(folder: Path, by: Any) -> None:
    report = bring(folder, by)
    page = Artifact.objects.get(slug="malformed")
    assert page.title == "Still here"
    assert page.live
    notes = [note.what for note in entry(report, "docs/malformed.md").notes]
    assert any(note.startswith("malformed front matter") for note in notes)
    assert Artifact.objects.get(slug="toml").title == "From TOML"


def test_names_that_differ_by_little_get_addresses_of_their_own(folder: Path, by: Any) -> None:
    bring(folder, by)
    slugs = set(Artifact.objects.filter(title__startswith="Rules ").values_list("slug", flat=True))
    assert slugs == {"rules", "rules-2"}


def test_again_changes_nothing(folder: Path, by: Any) -> None:
    bring(folder, by)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    images = get_image_model().objects.count()
    report = bring(folder, by)
    assert not {"published", "draft", "conflict"} & set(report.counts())
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before
    assert get_image_model().objects.count() == images == 2


def test_a_changed_file_updates_its_page_wherever_it_stands(folder: Path, by: Any) -> None:
    bring(folder, by)
    page = Page.objects.get(slug="setup")
    page.move(Page.objects.get(slug="guides"), pos="last-child")
    path = folder / "docs" / "draft.md"
    path.write_text(path.read_text().replace("draft: true", "weight: 3"))
    report = bring(folder, by)
    assert entry(report, "docs/draft.md").outcome == "published"
    assert Page.objects.filter(slug="setup").count() == 1


def test_an_editors_change_is_left_and_named(folder: Path, by: Any) -> None:
    bring(folder, by)
    page = Artifact.objects.get(slug="rules-2").specific
    page.bottom_line = "Edited here."
    page.save_revision(user=by).publish()
    source = SourceRecord.objects.get(page_id=page.pk).ref
    assert source in ("docs/Rules.md", "docs/rules.markdown")
    (folder / source).write_text("# Rules, rewritten\n\nOne.\n\nTwo.\n")
    report = bring(folder, by)
    assert entry(report, source).outcome == "conflict"
    assert "a person changed the page" in entry(report, source).reason
    assert Artifact.objects.get(pk=page.pk).bottom_line == "Edited here."


def test_a_deleted_page_stays_deleted_and_links_to_it_become_words(
    folder: Path, by: Any, client: Client
) -> None:
    bring(folder, by)
    Page.objects.get(slug="rules", url_path__contains="guides").delete()
    report = bring(folder, by)
    assert entry(report, "docs/guides/rules.md").outcome == "conflict"
    assert not Page.objects.filter(url_path__endswith="/guides/rules/").exists()
    html = parts(client, f"/{UNDER}/setup/")
    assert "rules" in words(html)
    assert not [a for a in html.select("a[href]") if "guides/rules" in a["href"]]


def test_a_later_review_in_the_portal_is_kept(folder: Path, by: Any) -> None:
    bring(folder, by)
    Artifact.objects.filter(slug="setup").update(last_reviewed="2026-10-01")
    path = folder / "docs" / "setup.md"
    path.write_text(path.read_text().replace("Folded text.", "Folded words."))
    bring(folder, by)
    assert str(Artifact.objects.get(slug="setup").last_reviewed) == "2026-10-01"


def test_a_dry_run_foretells_and_changes_nothing(folder: Path, by: Any) -> None:
    before = list(Page.objects.values_list("pk", flat=True))
    foretold = bring(folder, by, is_dry_run=True)
    assert list(Page.objects.values_list("pk", flat=True)) == before
    assert not get_image_model().objects.exists()
    assert "nothing was changed" in foretold.as_text()
    done = bring(folder, by)
    assert "nothing was changed" not in done.as_text()
    assert {one.file: (one.outcome, one.address, one.kind) for one in foretold.files} == {
        one.file: (one.outcome, one.address, one.kind) for one in done.files
    }


def test_spoilt_folders_are_survived(tmp_path: Path, by: Any) -> None:
    folder = tmp_path / "spoilt"
    folder.mkdir()
    report = bring(tree.spoil(folder), by)
    reasons = {one.file: one.reason for one in report.files}
    assert reasons["binary.md"] == "it is a binary file"
    assert reasons["latin.md"].startswith("it is not UTF-8")
    assert reasons["huge.md"] == "it is bigger than 2 MB"
    assert reasons["fake.png"].startswith("it is no picture that is taken here")
    assert reasons["bad.png"] == "it is damaged"
    assert reasons["leak.svg"] == "it cannot be drawn; save it as PNG"
    assert reasons["big.png"] == "it is bigger than 10 MB"
    assert reasons["outside.md"] == "it is a link that leads out"
    assert reasons["inside.md"] == "it is a link to another file"
    assert reasons["linked/"] == "it is a link to another folder"
    assert reasons["node_modules/"] == "it belongs to a tool"
    assert any(reason.startswith("it lies deeper") for reason in reasons.values())
    for name in ("page.md", "brackets.md", "nested.md", "bomb.md"):
        assert entry(report, name).outcome == "published", (name, entry(report, name).reason)
    assert any("aliases" in note.what for note in entry(report, "bomb.md").notes)
    assert not get_image_model().objects.exists()


def test_the_command_tells_and_writes_its_report(folder: Path, by: Any, tmp_path: Path) -> None:
    out, path = StringIO(), tmp_path / "report.json"
    call_command(
        "import_markdown",
        folder,
        under=UNDER,
        by="editor",
        report=path,
        stdout=out,
        owner="group:Editors",
    )
    text = out.getvalue()
    assert "left       LICENSE: it is neither Markdown nor a picture" in text
    assert "guessed: bottom line, from the first words" in text
    data = json.loads(path.read_text())
    assert data["counts"]["section"] == 1
    assert data["under"] == UNDER
    assert {"file", "outcome", "reason", "kind", "address", "notes"} == set(data["files"][0])
    assert Artifact.objects.get(slug="rules", kind="guide").owned_by == "Editors"


def test_the_command_refuses_what_it_cannot_do(folder: Path, by: Any) -> None:
    person("Viewers", username="viewer")
    for options, told in (
        ({"under": "nowhere/at-all", "by": "editor"}, "There is no category"),
        ({"under": "/", "by": "editor"}, "Name a category"),
        ({"under": UNDER, "by": "nobody"}, "no active person"),
        ({"under": UNDER, "by": ""}, "Say with --by"),
        ({"under": UNDER, "by": "viewer"}, "may not add"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("import_markdown", folder, stdout=StringIO(), **options)
    with pytest.raises(CommandError, match="is no folder"):
        call_command("import_markdown", folder / "LICENSE", under=UNDER, stdout=StringIO())
    assert not SectionPage.objects.exists()


def test_a_contributor_cannot_publish_by_importing(folder: Path, by: Any) -> None:
    contributor = person("Contributors", username="contributor")
    with pytest.raises((CommandError, Exception), match="may not"):
        call_command(
            "import_markdown", folder, under=UNDER, by=contributor.username, stdout=StringIO()
        )
    assert not Artifact.objects.filter(live=True).exists()


def test_an_artifact_cannot_hold_an_import(folder: Path, by: Any) -> None:
    bring(folder, by)
    with pytest.raises(CommandError, match="cannot hold artifacts"):
        call_command("import_markdown", folder, under=f"{UNDER}/setup", by="editor")


def test_a_broken_off_import_is_finished_by_the_next(
    folder: Path, by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("knowledge.exchange.imports.write.load_body", fail)
        with pytest.raises(KeyboardInterrupt):
            bring(folder, by)
    assert Artifact.objects.exists()
    assert not Artifact.objects.filter(live=True).exists()
    report = bring(folder, by)
    assert acceptance.check(folder, report).faults == []


def test_the_same_folder_in_another_place_is_the_same_source(
    folder: Path, by: Any, tmp_path: Path
) -> None:
    bring(folder, by)
    elsewhere = tmp_path / "checkout" / "handbook"
    shutil.copytree(folder, elsewhere)
    assert not {"published", "conflict"} & set(bring(elsewhere, by).counts())


SENTENCE = "What everybody should have read before the first day of work. "


@pytest.mark.parametrize(
    ("head", "paragraph"),
    [
        ("description: Something else.", "What everybody should have read."),
        ("", SENTENCE * 5),
        ("", "What everybody should have read, see [set-up](../setup.md)."),
        ("", "- Read this\n- Then that"),
        ("", "We have many guides. The best are:"),
    ],
)
def test_an_index_that_says_more_than_its_section_is_a_page(
    folder: Path, by: Any, client: Client, head: str, paragraph: str
) -> None:
    file = "docs/guides/README.md"
    (folder / file).write_text(f"---\n{head}\n---\n# Guides\n\n{paragraph}\n")
    report = bring(folder, by)
    assert entry(report, file).address == f"/{UNDER}/guides/overview/"
    page = parts(client, entry(report, file).address)
    said = paragraph.replace("[set-up](../setup.md)", "set-up").replace("- ", "")
    assert " ".join(said.split()) in words(page).replace(" .", ".")
    assert len(page.select("a[href]")) == paragraph.count("](")
    assert acceptance.check(folder, report).faults == []


def test_an_index_whose_description_says_the_same_is_its_section(folder: Path, by: Any) -> None:
    file = "docs/guides/README.md"
    told = "What everybody should have read"
    (folder / file).write_text(f"---\ndescription: {told}\n---\n# Guides\n\n*{told}*.\n")
    assert entry(bring(folder, by), file).outcome == "section"


def test_an_index_that_is_a_draft_tells_readers_nothing(
    folder: Path, by: Any, client: Client
) -> None:
    file = "docs/guides/README.md"
    (folder / file).write_text("---\ndraft: true\n---\n# The secret merger\n\nNot for you yet.\n")
    report = bring(folder, by)
    assert entry(report, file).outcome == "draft"
    section = SectionPage.objects.get(slug="guides")
    assert (section.title, section.intro) == ("Guides", "")
    assert "merger" not in client.get(section.url).content.decode()
    assert Artifact.objects.get(title="The secret merger").live is False


def test_a_short_readme_of_the_whole_folder_is_a_page(
    folder: Path, by: Any, client: Client
) -> None:
    (folder / "README.md").write_text("# The handbook\n\nHow we work, in short.\n")
    report = bring(folder, by)
    assert entry(report, "README.md").outcome == "published"
    assert "How we work, in short." in words(parts(client, f"/{UNDER}/overview/"))


def test_a_section_tells_what_its_index_lost(folder: Path, by: Any) -> None:
    file = "docs/guides/README.md"
    (folder / file).write_text("# Guides\n\nRead them all.\n\n<iframe src='x'></iframe>\n")
    one = entry(bring(folder, by), file)
    assert one.outcome == "section"
    assert "HTML that is active: iframe" in [note.what for note in one.notes]


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [
        ("**Accepted.**", False),
        ("Accepted on 2024-05-01. Superseded by [the guide](styles.html).", True),
        ("Accepted\n\nBut only for a year, as we said in May.", True),
    ],
)
def test_the_status_of_a_decision_keeps_what_else_is_said(
    folder: Path, by: Any, client: Client, said: str, is_kept: bool
) -> None:
    path = folder / "docs" / "guides" / "rules.md"
    path.write_text(path.read_text().replace("Accepted", said))
    bring(folder, by)
    page = Artifact.objects.get(slug="rules", kind="decision-record").specific
    assert page.status == "accepted"
    html = parts(client, f"/{UNDER}/guides/rules/")
    assert (html.find(string="Status") is not None) == is_kept
    assert ("Superseded" in words(html)) == ("Superseded" in said)
    assert ("But only" in words(html)) == ("But only" in said)
    assert len(html.select('a[href$="/styles/"]')) == said.count("](")
