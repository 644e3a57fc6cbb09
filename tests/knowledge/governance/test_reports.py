"""What wants work: found by the selectors, shown and exported by the admin."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance import roles as role
from knowledge.governance.admin.reports import REPORTS
from knowledge.governance.selectors import quality
from knowledge.governance.services import roles
from tests.factories import ArtifactFactory, CategoryFactory, FaqEntryFactory, group, person

pytestmark = pytest.mark.django_db


def everything():
    return Artifact.objects.filter(live=True)


def test_questions_that_ask_nearly_the_same_are_a_pair(home: Page) -> None:
    FaqEntryFactory(title="What is Django?")
    FaqEntryFactory(title="Which mistakes do teams make when they first set up Django?")
    FaqEntryFactory(
        title="Which mistakes do teams make when they set up Django for the first time?"
    )
    ArtifactFactory(title="Which mistakes do teams make when they first set up Django?")

    (pair,) = quality.questions_alike(everything())

    assert pair.title == "Which mistakes do teams make when they first set up Django?"
    assert pair.other_title.endswith("for the first time?")


def test_drafts_archived_and_foreign_pages_are_left_out(home: Page) -> None:
    mine, other = CategoryFactory(parent=home), CategoryFactory(parent=home)
    roles.grant_section(group=group("Ops editors"), section=mine, role=role.EDITORS)
    shown = ArtifactFactory(parent=mine)
    ArtifactFactory(parent=mine, draft=True)
    ArtifactFactory(parent=mine, archived=True)
    ArtifactFactory(parent=other)

    assert list(quality.looked_after_by(person("Ops editors"))) == [Artifact(pk=shown.pk)]
    assert not quality.looked_after_by(person("Viewers")).exists()


class TestViews:
    @pytest.fixture
    def editor(self, client, home: Page):
        FaqEntryFactory(title="=How long does a rollback take in <script>production?")
        FaqEntryFactory(title="How long will the rollback take in production?")
        FaqEntryFactory(title="What is a squad?")
        user = person("Editors")
        client.force_login(user)
        return user

    @pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
    def test_each_report_lists_its_findings_and_exports_them(self, client, editor, report) -> None:
        url = reverse(report.url_name())
        page = BeautifulSoup(client.get(url).content, "html.parser")
        assert str(report.page_title) in page.get_text()
        assert page.select("table.listing tbody tr")
        assert not page.select("td script")
        assert client.get(reverse(report.url_name(results=True))).status_code == 200

        sheet = b"".join(client.get(f"{url}?export=csv").streaming_content).decode()
        assert len(sheet.strip().splitlines()) == 2
        assert not any(cell.startswith("=") for cell in sheet.replace("\n", ",").split(","))
        assert client.get(f"{url}?export=xlsx").status_code == 200

    def test_the_reports_stand_in_the_menu(self, client, editor) -> None:
        html = client.get("/admin/").content.decode()
        for report in REPORTS:
            assert reverse(report.url_name()) in html

    def test_an_empty_report_says_that_nothing_is_to_do(self, client, home: Page) -> None:
        client.force_login(person("Editors"))
        for report in REPORTS:
            assert "Nothing to do here" in client.get(reverse(report.url_name())).content.decode()

    def test_a_page_number_out_of_range_is_answered(self, client, editor) -> None:
        url = reverse(REPORTS[0].url_name())
        for number in ("-1", "99999", "x"):
            assert client.get(f"{url}?p={number}").status_code == 200

    def test_people_without_rights_on_pages_see_none(self, client, home: Page) -> None:
        from django.contrib.auth.models import Permission

        guest = person()
        guest.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(guest)
        for report in REPORTS:
            assert client.get(reverse(report.url_name())).status_code == 302
