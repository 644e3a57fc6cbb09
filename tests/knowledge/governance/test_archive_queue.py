"""What may go to the archive, why, and the way back."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.governance import roles as role
from knowledge.governance.measures.models import Usage
from knowledge.governance.models import Feedback
from knowledge.governance.selectors import unused
from knowledge.governance.services import roles
from tests.factories import ArtifactFactory, CategoryFactory, group, person

pytestmark = pytest.mark.django_db
QUEUE = "/admin/reports/archive-queue/"
TODAY = timezone.localdate()


def reasons(user, views=None) -> dict[str, str]:
    found = unused.proposals(user, Access(), today=TODAY, views=views)
    return {one.title: one.why for one in found}


def test_each_reason_is_named_and_what_is_in_use_stays(home: Page) -> None:
    new = ArtifactFactory(title="New way", verified=True)
    ArtifactFactory(title="Old way", superseded_by=new, verified=True)
    ArtifactFactory(title="Forgotten", stale=True)
    ArtifactFactory(title="A little late", overdue=True)
    bad = ArtifactFactory(title="Of no help", verified=True)
    for _ in range(3):
        Feedback.objects.create(page=bad, version="1.0", sort=Feedback.Sort.NOT_HELPFUL)
    found = reasons(person("Editors"))
    assert set(found) == {"Old way", "Forgotten", "Of no help"}
    assert "Superseded by “New way”." in found["Old way"]
    assert "review has been due since" in found["Forgotten"]
    assert "3 readers said that it did not help." in found["Of no help"]
    assert "No run in half a year." in found["Forgotten"]


def test_what_nobody_looks_at_counts_once_views_are_counted(home: Page) -> None:
    seen, unseen = ArtifactFactory(title="Seen"), ArtifactFactory(title="Unseen")
    young = ArtifactFactory(title="Young")
    Artifact.objects.exclude(pk=young.pk).update(
        first_published_at=timezone.now() - timedelta(days=300)
    )
    editor = person("Editors")
    assert reasons(editor) == {}

    def views(since: date) -> dict[int, int]:
        assert since < TODAY
        return {seen.pk: 40}

    assert list(reasons(editor, views)) == ["Unseen"]
    assert unseen.pk


class TestAdmin:
    def test_one_click_there_and_one_back(self, client, home: Page) -> None:
        page = ArtifactFactory(title="<b>Forgotten</b>", stale=True)
        client.force_login(person("Editors"))
        html = client.get(QUEUE).content.decode()
        assert "&lt;b&gt;Forgotten" in html
        assert "<b>Forgotten" not in html
        soup = BeautifulSoup(html, "html.parser")
        assert soup.select_one(f'input[form="archive-queue"][value="{page.pk}"]')

        client.post(reverse("archive_queue_act"), {"page": [page.pk], "do": "archive"})
        page.refresh_from_db()
        assert page.archived_at
        assert "Archived in the last 90 days" in client.get(QUEUE).content.decode()

        client.post(reverse("archive_queue_act"), {"page": [page.pk], "do": "restore"})
        page.refresh_from_db()
        assert page.archived_at is None
        assert b"Forgotten" in b"".join(client.get(f"{QUEUE}?export=csv").streaming_content)

    def test_rights_follow_the_tree(self, client, home: Page) -> None:
        mine, other = CategoryFactory(parent=home), CategoryFactory(parent=home)
        roles.grant_section(group=group("Ops editors"), section=mine, role=role.EDITORS)
        ArtifactFactory(parent=mine, title="In mine", stale=True)
        foreign = ArtifactFactory(parent=other, title="In another", stale=True)
        client.force_login(person("Ops editors"))
        html = client.get(QUEUE).content.decode()
        assert "In mine" in html
        assert "In another" not in html
        client.post(reverse("archive_queue_act"), {"page": [foreign.pk], "do": "archive"})
        foreign.refresh_from_db()
        assert foreign.archived_at is None
        client.force_login(person("Contributors"))
        assert client.get(QUEUE).status_code == 302
        assert QUEUE not in client.get("/admin/").content.decode()

    def test_queries_do_not_grow(self, client, home: Page) -> None:
        client.force_login(person("Editors"))
        client.get(QUEUE)
        counted = []
        for _ in range(2):
            for _ in range(3):
                ArtifactFactory(stale=True)
                ArtifactFactory(archived=True)
            with CaptureQueriesContext(connection) as queries:
                client.get(QUEUE)
            counted.append(len(queries))
        assert counted[0] == counted[1]

    @pytest.mark.parametrize(
        ("counted_for", "views", "is_proposed"),
        [(200, 0, True), (200, 3, True), (200, 4, False), (100, 0, False)],
    )
    def test_what_hardly_anybody_looked_at_in_half_a_year_is_proposed(
        self, client, home: Page, counted_for: int, views: int, is_proposed: bool
    ) -> None:
        """Only once views have been counted for so long: before that nobody can know."""
        page, other = ArtifactFactory(title="Unseen"), ArtifactFactory(title="Read by all")
        Artifact.objects.update(first_published_at=timezone.now() - timedelta(days=300))
        today = timezone.localdate()
        for of, day, count in (
            (other, today - timedelta(days=counted_for), 9),
            (other, today, 50),
            (page, today, views),
        ):
            if count:
                Usage.objects.create(page=of, day=day, what=Usage.What.VIEW, count=count)
        client.force_login(person("Editors"))
        html = client.get(QUEUE).content.decode()
        assert ("times in half a year" in html) == is_proposed
        assert ("Unseen" in html) == is_proposed
        assert "Read by all" not in html

    def test_where_views_are_not_counted_nobody_is_called_unseen(
        self, client, home: Page, settings
    ) -> None:
        settings.PORTAL_USAGE_COUNTS = False
        page = ArtifactFactory(title="Unseen")
        Artifact.objects.update(first_published_at=timezone.now() - timedelta(days=300))
        long_ago = timezone.localdate() - timedelta(days=250)
        Usage.objects.create(page=page, day=long_ago, what=Usage.What.VIEW, count=1)
        client.force_login(person("Editors"))
        assert "half a year" not in client.get(QUEUE).content.decode()

    def test_many_at_once_from_a_list_of_pages(self, client, home: Page) -> None:
        pages = [ArtifactFactory(), ArtifactFactory()]
        client.force_login(person("Editors"))
        ids = "&".join(f"id={one.pk}" for one in pages)
        for action, archived in (("archive-artifacts", 2), ("restore-artifacts", 0)):
            client.post(f"/admin/bulk/wagtailcore/page/{action}/?{ids}", {"note": "Old."})
            assert Artifact.objects.filter(archived_at__isnull=False).count() == archived


class TestSuperseding:
    def test_the_page_asks_for_the_successor_and_both_ends_say_so(self, client, home: Page) -> None:
        old, new = ArtifactFactory(title="Old way"), ArtifactFactory(title="New way")
        client.force_login(person("Editors"))
        address = reverse("artifact_supersede", args=[old.pk])
        assert client.get(address).status_code == 200
        client.post(address, {"successor": new.pk})
        assert "New way" in client.get(old.url).content.decode()
        assert "Old way" in client.get(new.url).content.decode()

        for nothing in ("", "x", "9" * 30, str(old.pk + 9999)):
            assert client.post(address, {"successor": nothing}).status_code == 200
        back = client.post(reverse("artifact_supersede", args=[new.pk]), {"successor": old.pk})
        assert "leads back" in back.content.decode()
        client.force_login(person("Contributors"))
        assert client.post(address, {"successor": new.pk}).status_code in (302, 403)

    def test_the_edit_form_refuses_a_circle_too(self, home: Page) -> None:
        from django.core.exceptions import ValidationError

        first = ArtifactFactory()
        second = ArtifactFactory(superseded_by=first)
        third = ArtifactFactory(superseded_by=second)
        first.superseded_by = third
        with pytest.raises(ValidationError, match="leads back"):
            first.full_clean()
