from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from knowledge.catalog.models import Artifact, CategoryPage, FaqPage, Tag
from knowledge.catalog.services import publishing
from knowledge.catalog.trust import TrustState
from knowledge.exchange.demo import files
from knowledge.exchange.documents.metadata import KEYS
from tests.knowledge.exchange.demo import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return content.make(tmp_path / "fixtures")


def load(root: Path, **options: Any) -> str:
    out = StringIO()
    call_command("load_demo", root=root, stdout=out, stderr=out, **options)
    return out.getvalue()


def page(slug: str) -> Any:
    return Artifact.objects.get(slug=slug).specific


def test_every_file_becomes_a_published_page(root: Path, client: Client) -> None:
    said = load(root)
    assert "9 pages created, 0 updated, 0 unchanged, 0 kept" in said
    for address in (
        "/operations/release/",
        "/product/release-checklist/",
        "/operations/questions/",
        "/operations/questions/why/",
    ):
        assert client.get(address).status_code == 200, address
    assert CategoryPage.objects.get(slug="operations").closely_related.get().slug == "product"


def test_metadata_arrives_on_the_page(root: Path) -> None:
    load(root)
    sop = page("release")
    assert (sop.kind, sop.maturity, sop.effort_minutes) == ("sop", 3, 45)
    assert [one.slug for one in sop.industries.all()] == ["software"]
    assert sorted(tag.name for tag in sop.tags.all()) == ["APIs", "Releases"]
    assert sop.owner_user.get_full_name() == "Tom Nowak"
    assert sop.version == "2.1"
    assert sop.versions.get().number == "2.1"
    assert [one.target.slug for one in sop.related_links.all()] == ["plan"]
    assert sop.linked_checklist.slug == "release-checklist"
    assert page("release-checklist").owner_group.name == "Editors"


def test_states_can_be_seen(root: Path) -> None:
    load(root)
    today = timezone.localdate()
    sop = page("release")
    assert sop.last_reviewed == today - timedelta(days=10)
    assert sop.next_review == today + timedelta(days=80)
    assert sop.reviewed_by.username == "reviewer"
    assert sop.trust == TrustState.VERIFIED
    assert page("release-checklist").trust == TrustState.SUPERSEDED
    assert page("plan").trust == TrustState.ARCHIVED
    assert page("why").trust == TrustState.UNVERIFIED


def test_links_and_images_of_the_files_work(root: Path, client: Client) -> None:
    load(root)
    client.force_login(get_user_model().objects.get(username="administrator"))
    shown = BeautifulSoup(client.get("/operations/release/").content, "html.parser")
    links = {a["href"]: a.get_text() for a in shown.select(".part a[href]")}
    assert links["/operations/board/plan/#start"] == "the plan"
    image = shown.select_one(".part--image img")
    assert image is not None
    assert image["alt"] == "The flow"
    assert get_image_model().objects.get().title == "Flow"
    assert ReferenceIndex.get_references_to(page("plan")).exists()


def test_private_sections_are_private(root: Path, client: Client) -> None:
    load(root)
    assert client.get("/operations/board/plan/").status_code == 404
    assert b"/operations/board/plan/" not in client.get("/operations/release/").content
    client.force_login(get_user_model().objects.get(username="administrator"))
    assert client.get("/operations/board/plan/").status_code == 200


def test_answers_become_blocks_in_their_groups(root: Path) -> None:
    load(root)
    answer = page("why")
    assert [child.block_type for child in answer.body] == ["paragraph", "code", "paragraph"]
    assert answer.group == "basics"
    assert [group.title for group in FaqPage.objects.get().groups.all()] == ["Basics", "The rest"]


def test_logins_are_printed_once_and_work(root: Path, client: Client) -> None:
    said = load(root, password="a-demo-password-1")
    assert said.count("a-demo-password-1") == 3
    answer = client.post(reverse("login"), {"username": "reader", "password": "a-demo-password-1"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]
    assert "a-demo-password-1" not in load(root, password="a-demo-password-1")


def test_production_asks_for_a_password(root: Path, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(CommandError, match="--password"):
        load(root)
    assert not Page.objects.filter(slug="operations").exists()


def test_again_changes_nothing(root: Path) -> None:
    load(root)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    assert "0 pages created, 0 updated, 9 unchanged, 0 kept" in load(root)
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_a_changed_file_updates_its_page(root: Path) -> None:
    load(root)
    content.write(
        root, "demo/operations/release.yaml", content.SOP.replace("Small and often.", "Weekly.")
    )
    said = load(root)
    assert "0 pages created, 1 updated, 8 unchanged" in said
    assert page("release").bottom_line == "Weekly."
    assert page("release").live


def test_what_a_person_edited_stays(root: Path) -> None:
    load(root)
    sop = page("release")
    sop.bottom_line = "As people here say it."
    by = get_user_model().objects.get(username="administrator")
    publishing.publish(page=sop, by=by)
    content.write(
        root, "demo/operations/release.yaml", content.SOP.replace("Small and often.", "Weekly.")
    )
    said = load(root)
    assert "kept: demo/operations/release.yaml" in said
    assert page("release").bottom_line == "As people here say it."


def test_an_unpublished_draft_counts_as_an_edit(root: Path) -> None:
    load(root)
    sop = page("release")
    sop.title = "A title in the making"
    sop.save_revision()
    content.write(
        root, "demo/operations/release.yaml", content.SOP.replace("Small and often.", "Weekly.")
    )
    load(root)
    assert page("release").bottom_line == "Small and often."
    assert page("release").get_latest_revision_as_object().title == "A title in the making"


def test_saving_without_a_change_is_no_edit(root: Path) -> None:
    load(root)
    page("release").save_revision().publish()
    content.write(
        root, "demo/operations/release.yaml", content.SOP.replace("Small and often.", "Weekly.")
    )
    load(root)
    assert page("release").bottom_line == "Weekly."


def test_what_a_person_deleted_stays_deleted(root: Path) -> None:
    load(root)
    page("why").delete()
    Tag.objects.filter(slug="apis").delete()
    load(root)
    assert not Artifact.objects.filter(slug="why").exists()
    assert not Tag.objects.filter(slug="apis").exists()


def test_a_new_file_is_added_to_what_is_there(root: Path) -> None:
    load(root)
    text = content.GUIDE.replace("The plan", "Another").replace("archived: true", "tags: [New]")
    content.write(root, "demo/product/another.yaml", text)
    assert "1 pages created, 0 updated, 9 unchanged" in load(root)
    assert page("another").live


def test_check_validates_and_leaves_nothing(root: Path, settings: Any) -> None:
    assert "9 pages are sound" in load(root, check=True)
    assert not Page.objects.filter(slug="operations").exists()
    assert not get_user_model().objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.png"))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("release", "maturity: 3", "maturity: 9", "maturity: 9 is none of 1, 2, 3, 4, 5"),
        ("release", "[software]", "[farming]", "industries: 'farming' is not in the vocabulary"),
        ("release", "user:reviewer", "user:nobody", "owner: there is no owner 'user:nobody'"),
        ("release", "bottom_line:", "botom_line:", "botom_line: there is no such key"),
        ("release", "  - scope:", "  - skope:", "body.1: there is no block called 'skope' here"),
        ("release", "Two eyes", "", "still missing: Controls"),
        ("release", "flow.png", "flaw.png", "there is no image 'flaw.png' under media"),
        ("release", "flow.png", "../taxonomy.yaml", "there is no image"),
        (
            "release",
            "page:operations/board/plan#start",
            "page:operations/nowhere",
            "body.0.purpose.body: there is no page 'page:operations/nowhere'",
        ),
        (
            "release",
            "related: [operations/board/plan]",
            "related: [x/y]",
            "related: there is no artifact 'x/y'",
        ),
        ("release", "title: Tag it", "titel: Tag it", "there is no field called 'titel' here"),
        ("release", "alt: The flow", "caption: x", "body.4.image.alt: Say what the picture shows"),
        ("release", "kind: sop", "kind: sop\n    kind: [", "demo/operations/release.yaml: line"),
    ],
)
def test_a_fault_names_file_and_place_and_changes_nothing(
    root: Path, name: str, old: str, new: str, told: str
) -> None:
    text = content.SOP.replace(old, new)
    if told.startswith("still missing"):
        text = text.replace("      - controls: {controls: [{control: }]}\n", "")
    content.write(root, f"demo/operations/{name}.yaml", text)
    with pytest.raises(CommandError) as caught:
        load(root)
    assert f"demo/operations/{name}.yaml" in str(caught.value)
    assert told in str(caught.value)
    assert not Page.objects.filter(slug="operations").exists()


def test_check_names_every_fault_at_once(root: Path) -> None:
    content.write(
        root, "demo/operations/release.yaml", content.SOP.replace("[software]", "[farming]")
    )
    content.write(
        root, "demo/operations/board/plan.yaml", content.GUIDE.replace("- overview", "- overvew")
    )
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_demo", root=root, check=True, stdout=out, stderr=out)
    assert "farming" in out.getvalue()
    assert "overvew" in out.getvalue()


def test_two_files_at_one_address_are_refused(root: Path) -> None:
    content.write(root, "demo/operations/other.yaml", f"{content.SOP}    slug: release\n")
    with pytest.raises(CommandError, match="is taken by"):
        load(root)


def test_the_real_content_is_readable() -> None:
    """Every file under fixtures/ has known keys and values; its blocks are checked by --check."""
    root = Path(files.__file__).resolve().parents[3] / "fixtures"
    read = files.read(root)
    assert len(read.artifacts) > 60
    assert {"kind", "title", "body", "owner"} <= KEYS


def test_an_earlier_version_is_older_than_the_current_one(root: Path) -> None:
    (root / "practice.yaml").write_text(
        "versions:\n"
        "  - {artifact: operations/release, number: '1.4', days_ago: 200, note: First.,"
        " bottom_line: Seldom and big.}\n"
    )

    load(root)

    release = page("release")
    newest, oldest = release.revisions.order_by("-created_at")
    assert newest.pk == release.live_revision_id == release.latest_revision_id
    assert oldest.content["bottom_line"] == "Seldom and big."
