"""Publishing at once does not go past a rule of the section or past security."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import GuidePage, Tag
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing.models import QualityGateTask, SectionRule, SecurityReviewTask
from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, CategoryFactory, UserFactory, close, group, person
from tests.knowledge.governance.reviewing.helpers import by_groups, step_of, submitted, workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home: Page) -> Page:
    return CategoryFactory(title="Operations")


def publish(client, editor, page, **changes: str) -> str:
    client.force_login(editor)
    form = guide_form(title=page.title, slug=page.slug, owner_user=str(editor.pk), **changes)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(edit, {**form, "action-publish": "1"}, follow=True).content.decode()


def test_where_own_changes_are_refused_nobody_publishes_at_once(client, section) -> None:
    SectionRule.objects.create(page=section, own_changes="refused")
    page = ArtifactFactory(draft=True, parent=section, title="Mine")
    for one in (person("Editors"), UserFactory(administrator=True)):
        said = publish(client, one, page, bottom_line=f"Typed by {one.username}.")
        assert "Nobody publishes an own change here" in said
        assert f"Typed by {one.username}." in said  # kept as a draft
    assert not GuidePage.objects.get(pk=page.pk).live

    SectionRule.objects.update(own_changes="inherited")
    publish(client, person("Editors"), page)
    assert GuidePage.objects.get(pk=page.pk).live


def test_many_from_a_list_neither(client, section) -> None:
    SectionRule.objects.create(page=section, own_changes="refused")
    editor, other = person("Editors"), person("Editors")
    page = ArtifactFactory(draft=True, parent=section, title="Of one of us")
    page.save_revision(user=editor)
    door = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.force_login(editor)
    said = client.post(f"{door}?id={page.pk}&next=/admin/", follow=True).content.decode()
    assert "“Of one of us”: Nobody publishes an own change here" in said
    assert not GuidePage.objects.get(pk=page.pk).live

    client.force_login(other)
    client.post(f"{door}?id={page.pk}&next=/admin/")
    assert GuidePage.objects.get(pk=page.pk).live


def test_what_carries_the_tag_is_published_by_the_security_team_only(client, section) -> None:
    tag = Tag.objects.create(name="security", slug="security")
    workflow(section, by_groups(SecurityReviewTask, "Security", group("Security team"), tag=tag))
    page = ArtifactFactory(draft=True, parent=section, title="Keys")
    editor, guard = person("Editors"), person("Editors")
    guard.groups.add(group("Security team"))

    said = publish(client, editor, page, tags='"security"')
    assert "published by “Security” only" in said
    assert not GuidePage.objects.get(pk=page.pk).live
    publish(client, guard, page, tags='"security"')
    assert GuidePage.objects.get(pk=page.pk).live


def test_who_is_asked_about_a_closed_section_gets_back_to_the_queue(client, section) -> None:
    workflow(section, by_groups(QualityGateTask, "Quality", group("Reviewers")))
    author, reviewer = person("Contributors"), person("Reviewers")
    page = submitted(author, section)
    close(section, group("Insiders"))
    client.force_login(reviewer)
    form = guide_form(title=page.title, slug=page.slug, owner_user=str(author.pk))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(edit).status_code == 200
    decided = {
        **form,
        "action-workflow-action": "1",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": json.dumps({"comment": "Shorter."}),
    }
    answer = client.post(edit, decided, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("review_queue")
    assert step_of(page) is None


def test_a_decision_that_comes_too_late_says_who_was_quicker(client, section) -> None:
    workflow(section, by_groups(EditorialReviewTask, "Editorial", group("Reviewers")))
    author, first, second = person("Contributors"), person("Reviewers"), person("Reviewers")
    page = submitted(author, section)
    step = step_of(page)
    step.task.specific.on_action(step, first, "reject", comment="Shorter.")

    client.force_login(second)
    form = guide_form(title=page.title, slug=page.slug, owner_user=str(author.pk))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    late = {**form, "action-workflow-action": "1", "workflow-action-name": "approve"}
    said = client.post(edit, late, follow=True).content.decode()

    assert f"Rejected by {first.get_full_name()}" in said
    assert not GuidePage.objects.get(pk=page.pk).live
