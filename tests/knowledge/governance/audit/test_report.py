"""The report of the audit: who may read it, filters, pages, exports."""

import csv
import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from knowledge.governance.audit.models import AuditEntry
from tests.factories import ArtifactFactory, CategoryFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client, home: Page) -> Client:
    reader = person("Contributors")
    reader.user_permissions.add(Permission.objects.get(codename="view_audit"))
    client.force_login(reader)
    return client


def rows(response: Any) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("table.listing tbody tr")]


def read(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def test_only_who_may_read_the_audit_reads_it(home: Page, client: Client) -> None:
    for name, allowed in (("Editors", False), ("Reviewers", False), ("Administrators", True)):
        client.force_login(person(name))
        for asked in ({}, {"export": "csv"}, {"export": "json"}):
            response = client.get(reverse("report_audit"), asked)
            assert (response.status_code == 200) is allowed, name
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("report_audit") in menu) is allowed


def test_what_people_wrote_is_escaped(auditor: Client) -> None:
    page = ArtifactFactory(title="<script>alert(1)</script>")
    log(page, "governance.archive", data={"reason": "<img src=x onerror=alert(2)>"})
    text = auditor.get(reverse("report_audit")).content.decode()
    assert "<script>alert(1)" not in text and "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_every_filter_narrows_the_page_and_the_exports(auditor: Client) -> None:
    category = CategoryFactory(title="Operations")
    edna, amara = person(first_name="Edna"), person(first_name="Amara")
    inside, outside = (
        ArtifactFactory(title="Inside", parent=category),
        ArtifactFactory(title="Outside", parent=CategoryFactory()),
    )
    log(inside, "governance.archive", user=edna)
    log(outside, "governance.archive", user=amara)
    log(inside, "governance.restore", user=amara)
    old = timezone.now() - timedelta(days=10)
    log(outside, "governance.restore", user=edna, timestamp=old)
    today = timezone.localdate().isoformat()
    for asked, expected in (
        ({"actor_name": "edna", "at_from": today}, {"Inside"}),
        ({"action": "governance.archive"}, {"Inside", "Outside"}),
        ({"action": "governance.restore", "section": category.pk}, {"Inside"}),
        ({"object_label": "outs", "at_to": old.date().isoformat()}, {"Outside"}),
    ):
        address = reverse("report_audit")
        shown = rows(
            auditor.get(address, {"action": ["governance.archive", "governance.restore"], **asked})
        )
        assert {
            name for name in ("Inside", "Outside") if any(name in row for row in shown)
        } == expected
        given = {"action": ["governance.archive", "governance.restore"], **asked}
        told = json.loads(read(auditor.get(address, {**given, "export": "json"})))
        assert {one["object"] for one in told} == expected
        assert len(told) == len(shown)


def test_the_csv_runs_no_formula_and_the_json_of_nothing_is_a_list(auditor: Client) -> None:
    log(ArtifactFactory(title="=1+1"), "governance.archive", data={"reason": "@SUM(1)"})
    address = reverse("report_audit")
    text = read(auditor.get(address, {"export": "csv", "action": "governance.archive"}))
    (row,) = csv.DictReader(text.splitlines())
    assert row["object"] == "'=1+1"
    nothing = read(auditor.get(address, {"export": "json", "actor_name": "nobody at all"}))
    assert json.loads(nothing) == []


def test_it_is_paged_at_the_same_cost(auditor: Client, django_assert_max_num_queries: Any) -> None:
    page = ArtifactFactory()
    for _number in range(60):
        log(page, "governance.archive")
    with django_assert_max_num_queries(20):
        assert len(rows(auditor.get(reverse("report_audit")))) == 50
    with django_assert_max_num_queries(20):
        second = auditor.get(reverse("report_audit"), {"p": 2})
    assert 10 <= len(rows(second)) <= 50
    assert AuditEntry.objects.count() > 60


def test_an_action_is_named_in_a_process_that_has_just_begun(monkeypatch) -> None:
    """The export of a fresh worker broke off: Wagtail reads the names of actions when it is asked."""
    from wagtail.log_actions import registry

    from knowledge.governance.audit.selectors import in_words

    monkeypatch.setattr(registry, "formatters", {})
    monkeypatch.setattr(registry, "choices", [])
    monkeypatch.setattr(registry, "has_scanned_for_actions", False)
    assert in_words("wagtail.publish") == "Publish"
    assert in_words("gone.action") == "gone.action"
    assert in_words("run.gone") == "run.gone"
