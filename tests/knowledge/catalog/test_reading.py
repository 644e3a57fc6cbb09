"""The page of an artifact: complete, quick whatever its length, and silent about what is closed."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from knowledge.catalog.models import (
    Artifact,
    Audience,
    ChecklistPage,
    GuidePage,
    Region,
    RelatedArtifact,
    SopPage,
)
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    IndustryFactory,
    SectionFactory,
    ToolFactory,
    close,
    complete_body,
    group,
    person,
)

pytestmark = pytest.mark.django_db
TEXT = {"type": "paragraph", "value": "<p>Text.</p>"}
OVERVIEW = {"type": "overview", "value": {"body": "<p>An overview.</p>"}}


def read(client, page: Page) -> BeautifulSoup:
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def heading(text: str, level: str = "h2") -> dict:
    return {"type": "heading", "value": {"text": text, "level": level}}


class TestContent:
    def test_the_bottom_line_comes_first_and_the_facts_follow(self, home: Page, client) -> None:
        owner = person(first_name="Rita", last_name="Reed")
        page = ArtifactFactory(
            title="Hand over a shift",
            bottom_line="Ten minutes, three questions.",
            verified=True,
            owner_user=owner,
            maturity=3,
            effort_minutes=90,
            industries=[IndustryFactory(name="Software", slug="software")],
            tools=[ToolFactory(name="PostHog", slug="posthog")],
            audiences=[Audience.objects.create(name="Team lead", slug="team-lead")],
            regions=[Region.objects.create(name="Europe", slug="eu")],
            tags=["handover"],
        )
        soup = read(client, page)
        text = soup.main.get_text(" ", strip=True)
        assert soup.h1.text == "Hand over a shift"
        assert text.index("Ten minutes, three questions.") < text.index("An overview.")
        for words in ("Rita Reed", "Verified", "Version 1.0", "2 hours", "Europe", "Team lead"):
            assert words in text
        links = {a["href"] for a in soup("a", href=True)}
        assert {
            "/kinds/guide/",
            "/industries/software/",
            "/tools/posthog/",
            "/tags/handover/",
            "/maturity/3/",
        } <= links

    def test_headings_have_anchors_and_a_table_of_contents(self, home: Page, client) -> None:
        body = [OVERVIEW, heading("Prepare"), TEXT, heading("Prepare"), TEXT, heading("Über uns!")]
        soup = read(client, ArtifactFactory(body=body))
        anchors = [section["id"] for section in soup.select("section.part")]
        assert len(anchors) == len(set(anchors))
        assert {"prepare", "prepare-2", "uber-uns"} <= set(anchors)
        contents = {
            a["href"].lstrip("#"): a.get_text(strip=True)
            for a in soup.select("a[href^='#']")
            if a["href"] in {f"#{anchor}" for anchor in anchors}
        }
        assert contents["prepare-2"] == "Prepare"
        assert contents["overview"] == "Overview"

    def test_styles_of_the_blocks_in_use_are_linked_and_no_others(self, home: Page, client) -> None:
        page = ArtifactFactory.of(ChecklistPage, body=complete_body(ChecklistPage))
        sheets = [link["href"] for link in read(client, page).select("link[rel=stylesheet]")]
        assert any("checklists/" in sheet for sheet in sheets)
        assert not any("decisions/" in sheet for sheet in sheets)

    def test_a_claim_without_source_is_said_at_the_top(self, home: Page, client) -> None:
        bare = {"type": "claim", "value": {"statement": "Saves 30 per cent."}}
        soup = read(client, ArtifactFactory(body=[OVERVIEW, TEXT, bare, bare]))
        assert "2 claims on this page name no source." in soup.main.get_text()

    def test_an_artifact_without_content_says_so(self, home: Page, client) -> None:
        assert "no content yet" in read(client, ArtifactFactory(body=[])).main.get_text()

    def test_breadcrumbs_lead_up_the_tree(self, home: Page, client) -> None:
        category = CategoryFactory(title="Operations")
        section = SectionFactory(parent=category, title="On call")
        page = ArtifactFactory(parent=section)
        links = {a["href"]: a.get_text(strip=True) for a in read(client, page).main("a", href=True)}
        assert links[category.url] == "Operations"
        assert links[section.url] == "On call"

    def test_procedure_and_checklist_link_both_ways(self, home: Page, client) -> None:
        checklist = ArtifactFactory.of(ChecklistPage, title="Restart checklist")
        sop = ArtifactFactory.of(SopPage, title="Restart", linked_checklist=checklist)
        assert read(client, sop).select_one(f'a[href="{checklist.url}"]')
        assert read(client, checklist).select_one(f'a[href="{sop.url}"]')


class TestQueries:
    def count(self, client, page: Page) -> int:
        client.get(page.url)
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    def cold(self, client, page: Page) -> int:
        from django.core.cache import cache

        client.get(page.url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    def long_body(self, targets: list[Page], parts: int) -> list[dict]:
        link = "".join(f'<a linktype="page" id="{one.pk}">x</a>' for one in targets)
        body = [OVERVIEW]
        for number in range(parts):
            body += [
                heading(f"Part {number}"),
                {"type": "paragraph", "value": f"<p>{link}</p>"},
                {"type": "related", "value": {"items": [{"page": one.pk} for one in targets]}},
            ]
        return body

    def test_the_number_does_not_depend_on_the_length(self, home: Page, client) -> None:
        targets = [ArtifactFactory(tags=["x"]) for _ in range(4)]
        short = ArtifactFactory(body=self.long_body(targets[:1], 1), tags=["x"])
        long = ArtifactFactory(body=self.long_body(targets, 12), tags=["x"])
        client.force_login(person("Editors"))
        cold = [self.cold(client, page) for page in (short, long)]
        warm = [self.count(client, page) for page in (short, long)]
        # Choosers of one kind of block are looked up together, once for the page.
        assert cold[1] <= cold[0] + 1
        assert warm[0] == warm[1]
        assert warm[0] <= 13

    def test_an_anonymous_reader_of_a_warm_page_costs_none(
        self, home: Page, client, django_assert_num_queries
    ) -> None:
        page = ArtifactFactory()
        client.get(page.url)
        with django_assert_num_queries(0):
            client.get(page.url)


class TestClosed:
    @pytest.fixture
    def closed(self, home: Page) -> Page:
        section = CategoryFactory(title="Secret section")
        page = ArtifactFactory(parent=section, title="Secret artifact", tags=["shared"])
        close(section, group("Insiders"))
        return page

    @pytest.fixture
    def open_page(self, closed: Page) -> Page:
        link = f'<p>See <a linktype="page" id="{closed.pk}">the words of the link</a>.</p>'
        page = ArtifactFactory(
            parent=CategoryFactory(),
            tags=["shared"],
            body=[
                OVERVIEW,
                {"type": "paragraph", "value": link},
                {"type": "related", "value": {"items": [{"page": closed.pk}]}},
            ],
        )
        RelatedArtifact.objects.create(
            source=Artifact.objects.get(pk=page.pk), target=Artifact.objects.get(pk=closed.pk)
        )
        return page

    def test_nothing_on_an_open_page_names_it(self, closed, open_page, client) -> None:
        html = client.get(open_page.url).content.decode()
        assert "the words of the link" in html
        for word in ("Secret artifact", "Secret section", closed.url, closed.slug):
            assert word not in html

    def test_an_insider_sees_the_links(self, closed, open_page, client) -> None:
        client.force_login(person("Insiders"))
        soup = read(client, open_page)
        assert len(soup.select(f'a[href="{closed.url}"]')) >= 2
        assert client.get(closed.url).status_code == 200

    def test_one_reader_is_never_served_what_was_made_for_another(
        self, closed, open_page, client
    ) -> None:
        insider, outsider = person("Insiders"), person()
        for user, sees in ((insider, True), (outsider, False), (insider, True), (outsider, False)):
            client.force_login(user)
            assert ("Secret artifact" in client.get(open_page.url).content.decode()) == sees
        client.logout()
        assert "Secret artifact" not in client.get(open_page.url).content.decode()

    def test_siblings_that_are_closed_are_not_in_the_tree(self, home: Page, client) -> None:
        category = CategoryFactory()
        shown = ArtifactFactory(parent=category, title="Shown one")
        hidden = ArtifactFactory(parent=category, title="Hidden one")
        close(hidden)
        html = client.get(shown.url).content.decode()
        assert "Hidden one" not in html

    def test_it_is_absent_from_home_and_its_counts(self, closed, client) -> None:
        html = client.get("/").content.decode()
        assert "Secret" not in html
        client.force_login(person("Insiders"))
        assert "Secret section" in client.get("/").content.decode()

    def test_a_draft_is_seen_by_nobody(self, home: Page, client) -> None:
        draft = ArtifactFactory(draft=True)
        client.force_login(person("Administrators"))
        assert client.get(draft.url).status_code == 404


class TestEditLink:
    def test_only_those_who_may_edit_have_it(self, home: Page, client) -> None:
        page = ArtifactFactory()
        path = f"/admin/pages/{page.pk}/edit/"
        for role, shown in (
            ("", False),
            ("Viewers", False),
            ("Contributors", False),
            ("Editors", True),
            ("Reviewers", True),
        ):
            client.force_login(person(role))
            assert (path in client.get(page.url).content.decode()) == shown, role

    def test_an_author_edits_an_own_page(self, home: Page, client) -> None:
        author = person("Contributors")
        page = ArtifactFactory(owner=author)
        client.force_login(author)
        assert f"/admin/pages/{page.pk}/edit/" in client.get(page.url).content.decode()


class TestRelated:
    def test_what_the_editor_chose_is_shown_unless_it_is_retired(self, home: Page, client) -> None:
        page = ArtifactFactory()
        for title, fields in (("Second", {}), ("Gone by", {"archived": True}), ("Third", {})):
            RelatedArtifact.objects.create(
                source=Artifact.objects.get(pk=page.pk),
                target=Artifact.objects.get(pk=ArtifactFactory(title=title, **fields).pk),
            )
        shown = read(client, page).select_one("section[aria-labelledby=related-heading]")
        assert [one.text for one in shown.select(".card__link")] == ["Second", "Third"]
        assert "Chosen by the editors" in shown.get_text()


class TestPreview:
    def test_an_editor_previews_the_draft(self, home: Page, client) -> None:
        page = ArtifactFactory()
        page.bottom_line = "Only in the draft."
        page.save_revision()
        client.force_login(person("Editors"))
        answer = client.get(f"/admin/pages/{page.pk}/revisions/{page.latest_revision_id}/view/")
        assert answer.status_code == 200
        assert "Only in the draft." in answer.content.decode()

    def test_a_page_that_was_never_saved_previews(self, home: Page) -> None:
        page = GuidePage(title="New", bottom_line="Never saved.")
        page.body = page._meta.get_field("body").to_python([OVERVIEW, TEXT])
        answer = page.make_preview_request()
        assert "Never saved." in answer.render().content.decode()


class TestKept:
    """What is remembered until the library changes must follow the change at once."""

    def test_the_way_to_the_admin_follows_the_rights(self, home: Page, client, committed) -> None:
        user = person("Viewers")
        client.force_login(user)
        assert b"Editing and administration" not in client.get("/").content
        committed(lambda: user.groups.add(group("Editors")))
        assert b"Editing and administration" in client.get("/").content
        committed(user.groups.clear)
        assert b"Editing and administration" not in client.get("/").content

    def test_the_navigation_follows_the_tree(self, home: Page, client, committed) -> None:
        client.force_login(person("Viewers"))
        client.get("/")
        shelf = committed(lambda: CategoryFactory(title="Brand new"))
        assert b"Brand new" in client.get("/").content
        committed(lambda: close(shelf, group("Insiders")))
        assert b"Brand new" not in client.get("/").content
