"""The table of findings follows what is published, archived and repaired."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from knowledge.governance.lint import services
from knowledge.governance.lint.models import Finding
from knowledge.governance.services import lifecycle
from tests.factories import ArtifactFactory, FaqEntryFactory, person
from tests.knowledge.governance.lint.test_rules import artifact

pytestmark = pytest.mark.django_db
CLAIM = ("claim", {"statement": "Teams save 30 per cent."})


def codes(page: Page) -> list[str]:
    return list(Finding.objects.filter(page=page).order_by("pk").values_list("rule", flat=True))


def test_publishing_brings_and_takes_findings(
    home: Page, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = artifact(CLAIM)
    assert codes(page) == ["claim-without-source"]

    page.body = []
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert codes(page) == []


def test_archiving_is_a_finding_where_links_lead_to_it(
    home: Page, django_capture_on_commit_callbacks
) -> None:
    target = artifact(CLAIM)
    page = artifact(("related", {"links": [{"page": target.pk}]}))
    ReferenceIndex.create_or_update_for_object(page)
    services.check_all(now=timezone.now())
    boss = person("Administrators")

    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.archive(page=target, by=boss, at=timezone.now())
    assert (codes(page), codes(target)) == (["link-to-retired"], [])

    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.restore(page=target, by=boss)
    assert (codes(page), codes(target)) == ([], ["claim-without-source"])


def test_a_finding_keeps_its_first_day(home: Page) -> None:
    page = artifact(CLAIM)
    first = timezone.now() - timedelta(days=9)
    services.check_all(now=first)
    services.check_all(now=timezone.now())
    assert Finding.objects.get(page=page).found_at == first


def test_near_duplicates_are_a_finding_on_both(home: Page) -> None:
    same = {"bottom_line": "Roll a bad release back within ten minutes."}
    one = ArtifactFactory(title="Roll back a release", slug="a", **same)
    two = ArtifactFactory(title="Rolling back releases", slug="b", **same)
    FaqEntryFactory(title="Roll back a release", **same)
    services.check_all(now=timezone.now())
    pairs = Finding.objects.filter(rule="near-duplicate").values_list("page", "other")
    assert set(pairs) == {(one.pk, two.pk), (two.pk, one.pk)}

    lifecycle.archive(page=two, by=person("Administrators"), at=timezone.now())
    services.check(page_ids=[two.pk], now=timezone.now())
    assert not Finding.objects.exists()


def test_checking_a_hundred_costs_as_many_queries_as_checking_one(
    home: Page, django_assert_max_num_queries
) -> None:
    pages = [artifact(CLAIM) for _ in range(5)]
    with django_assert_max_num_queries(12):
        services.check(page_ids=[one.pk for one in pages], now=timezone.now())
    assert Finding.objects.count() == 5


def test_an_operator_can_check_everything(home: Page, capsys) -> None:
    artifact(CLAIM)
    call_command("check_content")
    assert "1 findings." in capsys.readouterr().out
