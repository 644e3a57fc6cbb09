"""The comparison as people meet it: on the site, and in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import Artifact, GuidePage
from knowledge.governance.models import Version
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    IndustryFactory,
    close,
    group,
    person,
)

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def part(words: str, name: str = "paragraph") -> dict:
    return {"type": name, "value": words if name == "paragraph" else {"body": words}, "id": name}


def publish(page: Artifact, *, note: str = "", major: bool = False, **fields: object) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.change_note, page.major_change = note, major
    page.save_revision().publish()
    page.refresh_from_db()


def told(response) -> str:
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.get_text(" ").split())


@pytest.fixture
def guide(home: Page) -> GuidePage:
    page = ArtifactFactory(title="On call", body=[part("<p>Call the duty manager at once.</p>")])
    publish(
        page,
        bottom_line="Another bottom line.",
        body=[part("<p>Call the incident lead at once.</p>")],
        note="Who to call.",
    )
    publish(page, title="On call, always", note="A better title.")
    return page


class TestReader:
    def test_sees_the_newest_change_without_asking_for_numbers(self, client, guide) -> None:
        text = told(client.get(f"{guide.url}changes/"))

        assert "From version 1.1 to version 1.2." in text
        assert "[added: , always end of added]" in text
        assert "1 part unchanged" in text
        assert "A better title." in text

    def test_compares_any_two(self, client, guide) -> None:
        response = client.get(f"{guide.url}changes/?from=1.0&to=1.1")

        text = told(response)
        assert "Call the [removed: duty manager end of removed]" in text
        assert "[added: incident lead end of added] at once." in text
        assert "Bottom line" in text
        assert (
            "always"
            not in BeautifulSoup(response.content, "html.parser")
            .select_one(".diff__section")
            .get_text()
        )

    def test_may_ask_backwards_and_for_the_same(self, client, guide) -> None:
        assert "[removed: incident lead" in told(client.get(f"{guide.url}changes/?from=1.1&to=1.0"))
        assert "Nothing differs" in told(client.get(f"{guide.url}changes/?from=1.1&to=1.1"))

    def test_of_a_first_version_nothing_differs(self, client, home: Page) -> None:
        assert "Nothing differs" in told(client.get(f"{ArtifactFactory().url}changes/"))

    @pytest.mark.parametrize("query", ["from=7.7", "to=x", "from=1.0%00", "from=1.0&to=../"])
    def test_finds_no_version_that_does_not_exist(self, client, guide, query: str) -> None:
        assert client.get(f"{guide.url}changes/?{query}").status_code == 404

    def test_comes_from_the_list_of_versions(self, client, guide) -> None:
        page = BeautifulSoup(client.get(guide.url).content, "html.parser")

        links = [a["href"] for a in page.select(".versions__entry a[href^=changes]")]
        assert links == ["changes/?from=1.1&to=1.2", "changes/?from=1.0&to=1.1"]

    def test_never_sees_a_draft(self, client, guide) -> None:
        guide.title = "A secret plan"
        guide.save_revision()

        assert "secret" not in client.get(f"{guide.url}changes/?from=1.0").content.decode()

    def test_does_not_find_what_is_closed(self, client, guide) -> None:
        members = group("Insiders")
        close(guide.get_parent(), members)
        url = f"{guide.url}changes/?from=1.0&to=1.1"
        insider = person()
        insider.groups.add(members)

        assert client.get(url).status_code == 404
        client.force_login(insider)
        assert client.get(url).status_code == 200

    def test_is_told_no_title_of_a_closed_page(self, client, guide) -> None:
        hidden = ArtifactFactory(title="Hidden successor", parent=CategoryFactory())
        close(hidden.get_parent(), group("Insiders"))
        publish(guide, superseded_by=hidden)

        assert "Hidden successor" not in told(client.get(f"{guide.url}changes/"))

    def test_terms_are_compared(self, client, guide) -> None:
        guide.industries = [IndustryFactory(name="Shipping")]
        guide.tags.add("night")
        publish(guide)

        text = told(client.get(f"{guide.url}changes/"))
        assert "Industries [added: Shipping" in text
        assert "Tags [added: night" in text

    def test_a_page_called_changes_stands_where_it_is(self, client, home: Page) -> None:
        page = ArtifactFactory(slug="changes", title="How we change things")

        assert page.title in told(client.get(page.url))
        assert "Nothing differs" in told(client.get(f"{page.url}changes/"))

    def test_hostile_words_stay_words(self, client, home: Page) -> None:
        page = ArtifactFactory(title="A", body=[part("<p>a</p>")])
        rows = [{"type": "item", "id": "r", "value": {"title": HOSTILE, "outcome": HOSTILE}}]
        publish(
            page,
            title=HOSTILE,
            bottom_line=HOSTILE,
            note=HOSTILE,
            licence=HOSTILE[:80],
            body=[
                part("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
                {"type": "steps", "value": {"title": HOSTILE, "steps": rows}, "id": "s"},
                {"type": "markdown", "value": {"text": HOSTILE}, "id": "m"},
            ],
        )

        html = client.get(f"{page.url}changes/").content.decode()

        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_costs_the_same_whatever_the_length(self, client, guide, django_assert_max_num_queries):
        many = [{**part(f"<p>Text {n}</p>"), "id": str(n)} for n in range(60)]
        publish(guide, body=many)
        client.get(guide.url)

        with django_assert_max_num_queries(45):
            client.get(f"{guide.url}changes/")


class TestAdmin:
    def compare(self, page: Artifact, old: object, new: object) -> str:
        return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, old, new])

    def test_the_draft_stands_against_what_is_live(self, client, guide) -> None:
        guide.body = [part("<p>Call nobody at once.</p>")]
        guide.save_revision()
        client.force_login(person("Reviewers"))

        text = told(client.get(self.compare(guide, "live", "latest")))

        assert "[removed: the incident lead end of removed]" in text
        assert "[added: nobody end of added]" in text

    def test_an_old_version_is_restored_from_the_list(self, client, guide) -> None:
        client.force_login(person("Editors"))
        first = Version.objects.get(page=guide, number="1.0")

        page = BeautifulSoup(
            client.get(self.compare(guide, "live", "latest")).content, "html.parser"
        )

        restore = reverse("wagtailadmin_pages:revisions_revert", args=[guide.pk, first.revision_id])
        link = page.select_one(f'a[href="{restore}"]')
        assert link.get_text() == "Restore version 1.0"
        assert "duty manager" in client.get(restore).content.decode()
        shown = client.get(self.compare(guide, first.revision_id, "live")).content.decode()
        assert "From “Version 1.0” to “Live”." in shown

    def test_the_header_of_the_form_leads_there(self, client, guide) -> None:
        client.force_login(person("Editors"))

        html = client.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()

        assert self.compare(guide, "live", "latest") in html

    def test_a_revision_of_another_page_is_not_found(self, client, guide) -> None:
        client.force_login(person("Editors"))
        other = ArtifactFactory()

        url = self.compare(guide, "live", other.latest_revision_id)

        assert client.get(url).status_code == 404

    def test_who_may_not_edit_sees_no_draft(self, client, guide) -> None:
        url = self.compare(guide, "live", "latest")

        assert client.get(url).status_code == 302
        client.force_login(person("Viewers"))
        assert client.get(url).status_code in (302, 403)

    def test_hostile_words_stay_words(self, client, guide) -> None:
        guide.title = HOSTILE
        guide.save_revision()
        client.force_login(person("Editors"))

        html = client.get(self.compare(guide, "live", "latest")).content.decode()

        assert "<script>alert" not in html
        assert "<img src=x" not in html
