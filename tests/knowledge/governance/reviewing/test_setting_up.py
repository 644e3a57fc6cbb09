"""Administrators set up steps and rules of sections in the admin; nobody else does."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from knowledge.governance.reviewing.models import QualityGateTask, SectionRule
from tests.factories import CategoryFactory, group, person

pytestmark = pytest.mark.django_db


def test_a_gate_is_set_up_with_its_points_and_kinds(client, home: Page) -> None:
    client.force_login(person("Administrators"))
    add = reverse(
        "wagtailadmin_workflows:add_task", args=["governance_reviewing", "qualitygatetask"]
    )
    form = {
        "name": "Gate",
        "groups": [group("Reviewers").pk],
        "points": "Is it true?\n Is it   short? \nIs it true?",
        "due_days": "3",
        "escalate_after_days": "2",
        "kinds": ["runbook", "sop"],
    }
    assert "This field is required" in client.post(add, {**form, "points": " "}).content.decode()
    assert client.post(add, {**form, "kinds": ["poem"]}).status_code == 200
    assert not QualityGateTask.objects.exists()

    client.post(add, form)

    gate = QualityGateTask.objects.get()
    assert gate.questions == ["Is it true?", "Is it short?"]
    assert gate.kinds == ["runbook", "sop"]


def test_rules_of_sections_are_set_by_administrators(client, home: Page) -> None:
    section, owner = CategoryFactory(title="Operations"), person("Editors")
    add, rows = reverse("section_rules:add"), reverse("section_rules:index")
    form = {
        "page": section.pk,
        "holder_user": owner.pk,
        "holder_group": "",
        "own_changes": "refused",
    }
    for name in ("Editors", "Reviewers", "Contributors"):
        client.force_login(person(name))
        client.post(add, form)
        assert client.get(rows).status_code == 302
    assert not SectionRule.objects.exists()

    client.force_login(person("Administrators"))
    both = client.post(add, {**form, "holder_group": group("Editors").pk}).content.decode()
    assert "Name a person or a group, not both." in both
    outside = client.post(add, {**form, "holder_user": person("Viewers").pk}).content.decode()
    assert "cannot enter the admin" in outside
    client.post(add, form)

    assert SectionRule.objects.get().holder_user == owner
    assert "Operations" in client.get(rows).content.decode()


def test_each_sort_of_step_is_offered_once_and_only_what_the_queue_knows(client, home) -> None:
    client.force_login(person("Administrators"))

    page = client.get(reverse("wagtailadmin_workflows:select_task_type")).content.decode()

    for sort in ("editorialreviewtask", "peerreviewtask", "qualitygatetask", "securityreviewtask"):
        assert page.count(f"/{sort}/") == 1
    assert "groupapprovaltask" not in page


def test_an_auditor_owns_no_section(client, home: Page) -> None:
    client.force_login(person("Administrators"))
    form = {"page": CategoryFactory().pk, "holder_group": "", "own_changes": "inherited"}

    answer = client.post(
        reverse("section_rules:add"), {**form, "holder_user": person("Auditors").pk}
    )

    assert "Auditors read and change nothing." in answer.content.decode()
