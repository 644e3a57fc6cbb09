"""The feed, the site map, robots.txt and llms.txt show what everybody may see, to everybody."""

import xml.etree.ElementTree as ET

import pytest
from wagtail.models import Page

from knowledge.governance.services import lifecycle
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    close,
    group,
    person,
)

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LISTS = ("/feeds/latest.atom", "/sitemap.xml", "/llms.txt")


@pytest.fixture
def library(home: Page) -> dict[str, Page]:
    operations = CategoryFactory(title="Operations", slug="operations")
    secret = CategoryFactory(title="Secret section", slug="secret")
    close(secret, group("Insiders"))
    shown = ArtifactFactory(
        parent=operations, title="Hand over [a] shift", slug="shift", bottom_line="In ten\nminutes."
    )
    old = ArtifactFactory(parent=operations, title="Old way", slug="old-way")
    lifecycle.supersede(page=old, by=person("Reviewers"), successor=shown)
    return {
        "shown": shown,
        "old": old,
        "hidden": ArtifactFactory(parent=secret, title="Hidden thing", slug="hidden-thing"),
        "draft": ArtifactFactory(parent=operations, draft=True, title="Half done", slug="half"),
        "archived": ArtifactFactory(
            parent=operations, archived=True, title="Gone by", slug="gone-by"
        ),
    }


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("reader", ["anonymous", "insider", "superuser"])
def test_nobody_sees_more_there_than_everybody(library, client, path: str, reader: str) -> None:
    if reader == "insider":
        client.force_login(person("Insiders"))
    elif reader == "superuser":
        client.force_login(person(is_superuser=True))
    text = client.get(path).content.decode()
    assert "shift" in text
    for word in ("secret", "Secret", "hidden", "Hidden", "Half done", "half"):
        assert word not in text


@pytest.mark.parametrize("path", LISTS)
def test_the_number_of_queries_does_not_grow(
    library, client, path: str, django_assert_max_num_queries
) -> None:
    for number in range(5):
        ArtifactFactory(title=f"Another {number}")
    client.force_login(person())  # past the page cache
    with django_assert_max_num_queries(9):
        client.get(path)


def test_the_feed_is_atom_with_lasting_ids_and_full_addresses(library, client) -> None:
    answer = client.get("/feeds/latest.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE}/feeds/latest.atom"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Hand over [a] shift"
    assert entry.find(f"{ATOM}link").get("href") == f"{BASE}/operations/shift/"
    assert entry.findtext(f"{ATOM}id").endswith(f",2026:artifact/{library['shown'].pk}")
    assert entry.findtext(f"{ATOM}summary") == "In ten minutes."


def test_the_newest_version_comes_first_in_the_feed(home: Page, client) -> None:
    first, second = ArtifactFactory(title="First"), ArtifactFactory(title="Second")
    first.save_revision().publish()
    feed = ET.fromstring(client.get("/feeds/latest.atom").content)  # noqa: S314 - our own answer
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ["First", "Second"]
    assert second.live


def test_a_control_character_in_a_title_does_not_break_the_feed(home: Page, client) -> None:
    page = ArtifactFactory()
    type(page).objects.filter(pk=page.pk).update(title="Odd\x0btitle", bottom_line="\x08Line")
    assert client.get("/feeds/latest.atom").status_code == 200


def test_an_empty_library_has_an_empty_feed(home: Page, client) -> None:
    for path in LISTS:
        assert client.get(path).status_code == 200


def test_the_site_map_lists_every_open_page_with_its_date(library, client) -> None:
    FaqEntryFactory(title="What is a squad?", slug="what-is-a-squad")
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    rows = {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod")
        for url in tree.findall(f"{SITEMAP}url")
    }
    assert f"{BASE}/" in rows
    assert f"{BASE}/operations/" in rows
    assert (
        rows[f"{BASE}/operations/shift/"] == library["shown"].last_published_at.date().isoformat()
    )
    assert any(address.endswith("/what-is-a-squad/") for address in rows)
    assert client.get("/sitemap.xml?p=x").status_code == 404


def test_llms_lists_each_category_with_links_to_markdown(library, client) -> None:
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("# ")
    assert "## Operations" in text
    line = f"- [Hand over \\[a\\] shift]({BASE}/operations/shift/download.md): In ten minutes."
    assert line in text.splitlines()
    assert "Old way" not in text
    assert "Gone by" not in text


def test_the_markdown_that_llms_names_is_there(library, client) -> None:
    assert client.get("/operations/shift/download.md").status_code == 200


def test_robots_are_shown_the_way(home: Page, client, settings) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {BASE}/sitemap.xml" in lines


def test_robots_stay_out_of_staging(home: Page, client, settings) -> None:
    settings.PORTAL_NOINDEX = True
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /",
    ]


@pytest.mark.parametrize("path", ["/robots.txt", "/llms.txt"])
def test_they_are_only_read(home: Page, client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_pages_point_to_the_feed(library, client) -> None:
    assert 'type="application/atom+xml"' in client.get("/operations/shift/").content.decode()
