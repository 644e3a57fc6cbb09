"""Findings beside the editor and in the report: who sees which, safe to show, where they lead."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import GuidePage
from knowledge.governance import roles as role
from knowledge.governance.lint import services
from knowledge.governance.lint.models import Finding
from knowledge.governance.services import roles
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person
from tests.knowledge.governance.lint.test_rules import artifact

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/content-checks/"
CLAIM = ("claim", {"statement": "<b>Teams</b> save 30 per cent."})


def report(client, user, query: str = "") -> BeautifulSoup:
    client.force_login(user)
    answer = client.get(f"{REPORT}{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


class TestReport:
    def test_it_names_rule_place_owner_and_leads_to_the_block(self, client, home: Page) -> None:
        page = artifact(CLAIM, title="Saving time")
        services.check_all(now=timezone.now())
        row = report(client, person("Editors")).select_one("table tbody tr")
        assert "A claim without source" in row.text
        assert "<b>Teams</b> save 30 per cent." in row.text
        assert page.owned_by in row.text
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert row.select_one(f'a[href="{edit}#:w:contentpath=body.id-0"]').text.strip()

    def test_filters_and_their_numbers(self, client, home: Page) -> None:
        ops, growth = CategoryFactory(title="Ops"), CategoryFactory(title="Growth")
        first = artifact(CLAIM, parent=ops, title="In ops")
        artifact(CLAIM, parent=growth, title="In growth")
        artifact(("steps", {"steps": [{"title": "Look"}]}), parent=growth, title="Steps")
        services.check_all(now=timezone.now())
        editor = person("Editors")

        page = report(client, editor)
        assert "A claim without source (2)" in page.text
        for query, titles in (
            ("?rule=claim-without-source", {"In ops", "In growth"}),
            (f"?section={ops.path}", {"In ops"}),
            (f"?owner=user-{first.owner_user_id}", {"In ops"}),
            ("?owner=nobody", set()),
            ("?kind=guide&severity=3", set()),
        ):
            rows = report(client, editor, query).select("td.title")
            assert {row.text.strip().splitlines()[0].strip() for row in rows} == titles, query

    def test_only_what_one_looks_after_and_may_know_of(self, client, home: Page) -> None:
        mine, secret = CategoryFactory(parent=home), CategoryFactory(parent=home)
        roles.grant_section(group=group("Ops editors"), section=mine, role=role.EDITORS)
        member = person("Ops editors")
        hidden = ArtifactFactory(parent=secret, title="Hidden twin", archived_at=timezone.now())
        artifact(CLAIM, parent=secret, title="Not theirs")
        artifact(("related", {"links": [{"page": hidden.pk}]}), parent=mine, title="Theirs")
        services.check_all(now=timezone.now())
        assert "Hidden twin" in report(client, member).text

        close(secret, group("Owners of secrets"))
        seen = report(client, member)
        assert "Hidden twin" not in seen.text
        assert "Not theirs" not in seen.text
        assert "link to something" not in seen.select_one("main").text

    def test_who_looks_after_nothing_sees_nothing(self, client, home: Page) -> None:
        artifact(CLAIM, title="Not theirs")
        services.check_all(now=timezone.now())
        client.force_login(person("Viewers"))
        assert client.get(REPORT).status_code == 302
        assert "Not theirs" not in report(client, person("Contributors")).text

    def test_queries_do_not_grow(self, client, home: Page) -> None:
        editor = person("Editors")
        client.force_login(editor)
        client.get(REPORT)
        counted = []
        for _ in range(2):
            for _ in range(3):
                artifact(CLAIM)
            services.check_all(now=timezone.now())
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(REPORT)
            counted.append(len(queries))
        assert counted[0] == counted[1] < 40

    def test_a_spreadsheet_runs_nothing(self, client, home: Page) -> None:
        artifact(("claim", {"statement": "=1+1"}), title="@sum")
        services.check_all(now=timezone.now())
        client.force_login(person("Editors"))
        text = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()
        assert "'@sum" in text
        assert "'=1+1" in text
        assert "A claim without source" in text


class TestBesideTheEditor:
    def findings(self, client, page: Page) -> BeautifulSoup:
        answer = client.get(reverse("artifact_lint", args=[page.pk]))
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    def test_what_is_typed_is_checked_without_saving(self, client, home: Page) -> None:
        page = artifact(CLAIM)
        client.force_login(person("Editors"))
        assert "A claim without source" in self.findings(client, page).text
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert reverse("artifact_lint", args=[page.pk]) in edit.content.decode()

        typed = {
            **dict.fromkeys(("effort_minutes", "seo_title", "search_description"), ""),
            "title": page.title,
            "slug": page.slug,
            "bottom_line": "",
            "review_interval_days": "180",
            "owner_user": page.owner_user_id,
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "paragraph",
            "body-0-id": "typed",
            "body-0-value": '{"entityMap": {}, "blocks": [{"key": "a", "text": "As of 2020.",'
            ' "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}]}',
            **{
                f"{prefix}-{name}": value
                for prefix in ("related_links", "comments")
                for name, value in (
                    ("TOTAL_FORMS", "0"),
                    ("INITIAL_FORMS", "0"),
                    ("MIN_NUM_FORMS", "0"),
                    ("MAX_NUM_FORMS", "1000"),
                )
            },
        }
        kept = client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), typed)
        assert kept.json()["is_valid"]
        preview = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))
        assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
        shown = self.findings(client, page)
        assert "No bottom line" in shown.text
        assert "A claim without source" not in shown.text
        assert shown.select_one('[data-lint-show="body.typed"]')

        page.refresh_from_db()
        assert page.bottom_line
        assert not page.has_unpublished_changes

    def test_a_new_page_has_findings_too(self, client, home: Page) -> None:
        category = CategoryFactory()
        client.force_login(person("Editors"))
        form = client.get(
            reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", category.pk])
        )
        address = reverse("artifact_lint_new", args=["catalog", "guidepage", category.pk])
        assert address in form.content.decode()
        assert "No bottom line" in client.get(address).content.decode()
        assert GuidePage.objects.count() == 0

    def test_words_are_escaped(self, client, home: Page) -> None:
        page = artifact(("claim", {"statement": "<script>alert(1)</script>"}))
        client.force_login(person("Editors"))
        answer = client.get(reverse("artifact_lint", args=[page.pk])).content.decode()
        assert "<script" not in answer
        assert "&lt;script&gt;" in answer

    def test_who_may_not_edit_is_refused(self, client, home: Page) -> None:
        page, category = artifact(CLAIM), CategoryFactory()
        client.force_login(person("Viewers"))
        assert client.get(reverse("artifact_lint", args=[page.pk])).status_code == 302
        client.force_login(person("Contributors"))
        assert client.get(reverse("artifact_lint", args=[page.pk])).status_code in (302, 403)
        assert client.get(reverse("artifact_lint", args=[category.pk])).status_code in (302, 403)

    def test_a_twin_is_named_to_those_who_may_see_it(self, client, home: Page) -> None:
        secret = CategoryFactory()
        same = {"bottom_line": "Roll a bad release back within ten minutes."}
        page = ArtifactFactory(title="Roll back a release", parent=CategoryFactory(), **same)
        ArtifactFactory(title="Rolling back releases", parent=secret, **same)
        services.compare(now=timezone.now())
        assert Finding.objects.count() == 2
        client.force_login(person("Editors"))
        assert "Rolling back releases" in self.findings(client, page).text
        close(secret, group("Owners of secrets"))
        assert "Rolling back releases" not in self.findings(client, page).text
