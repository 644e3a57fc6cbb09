"""Whatever is done leaves an entry that nobody can change."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from wagtail.log_actions import LogContext, log
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from knowledge.catalog.models import ChecklistPage
from knowledge.catalog.services import publishing
from knowledge.governance import roles as role
from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.audit.recording import entries, origin
from knowledge.governance.audit.selectors import with_versions
from knowledge.governance.audit.tasks import catch_up
from knowledge.governance.services import moderation, roles
from knowledge.practice.services import runs
from tests.factories import ArtifactFactory, CategoryFactory, complete_body, group, person

pytestmark = pytest.mark.django_db


def newest(**which: Any) -> AuditEntry:
    return AuditEntry.objects.filter(**which).order_by("-pk")[0]


def test_a_publication_tells_before_and_after(home: Page) -> None:
    editor = person("Editors", first_name="Edna")
    page = ArtifactFactory(title="Rotate keys", effort_minutes=30)
    page.title, page.effort_minutes = "Rotate <keys>", 45
    raw = list(page.body.raw_data)
    page.body = json.dumps([raw[0], {**raw[1], "value": "<p>Another text.</p>"}])
    publishing.publish(page=page, by=editor, change_note="Clearer")

    entry = newest(action="wagtail.publish", object_id=str(page.pk))

    found = {name: (old, new) for name, old, new in entry.changes}
    assert found["Title"] == ("Rotate keys", "Rotate <keys>")
    assert found["Effort in minutes"] == ("30", "45")
    assert "Another text" in found["Body"][1]
    assert entry.actor_id == editor.pk and entry.actor_name.startswith("Edna")
    assert with_versions([entry])[0].version == "1.1"


def test_an_approval_keeps_its_evidence(home: Page) -> None:
    author, reviewer = person("Contributors"), person("Reviewers")
    page = ArtifactFactory(draft=True, owner=author)
    moderation.submit(page=page, by=author)
    moderation.approve(page=page, by=reviewer, comment="Tried it on staging.")
    entry = newest(action="wagtail.workflow.approve")
    assert ("comment", "Tried it on staging.") in {tuple(one) for one in entry.facts}
    assert entry.actor_id == reviewer.pk
    assert with_versions([entry])[0].version == "1.0"


def test_a_run_is_told_with_its_version(home: Page) -> None:
    lead = person("Viewers")
    page = ArtifactFactory.of(ChecklistPage, body=complete_body(ChecklistPage))
    run = runs.start(page=page, by=lead, name="Monday", roles={}, is_open=True)
    entry = newest(action="run.started")
    assert (entry.object_id, entry.version, entry.path) == (str(run.pk), "1.0", page.path)


def test_groups_and_rights_that_are_given_and_taken_are_told(home: Page) -> None:
    someone, administrator = person(), person("Administrators")
    with LogContext(user=administrator):
        someone.groups.add(group("Editors"))
        someone.groups.remove(group("Editors"))
        group("Editors").user_set.add(someone)
        someone.groups.clear()
    told = AuditEntry.objects.filter(
        object_id=str(someone.pk), object_type=someone._meta.label_lower, source="rights"
    ).order_by("pk")
    assert [(one.action, one.changes[0]) for one in told] == [
        ("rights.give", ["Group", "", "Editors"]),
        ("rights.take", ["Group", "Editors", ""]),
        ("rights.give", ["Group", "", "Editors"]),
        ("rights.take", ["Group", "Editors", ""]),
    ]
    assert {one.actor_id for one in told} == {administrator.pk}


def test_rights_of_a_group_and_on_a_section_are_told(home: Page) -> None:
    section, keepers = CategoryFactory(), Group.objects.create(name="Keepers")
    right = Permission.objects.get(codename="view_audit")
    keepers.permissions.add(right)
    assert newest(action="rights.give", object_id=str(keepers.pk)).changes[0][2] == str(right)
    GroupPagePermission.objects.create(
        group=keepers,
        page=section,
        permission=Permission.objects.get(
            codename="publish_page", content_type__app_label="wagtailcore"
        ),
    )
    assert newest(object_id=str(keepers.pk)).path == section.path
    GroupPagePermission.objects.filter(group=keepers).delete()
    assert newest(object_id=str(keepers.pk)).action == "rights.take"
    roles.grant_section(group=keepers, section=section, role=role.EDITORS)
    assert newest(object_id=str(keepers.pk)).action == "rights.section"


def test_an_account_that_becomes_all_powerful_or_is_closed_is_told(home: Page) -> None:
    someone = person()
    someone.is_superuser = True
    someone.save()
    assert newest(action="rights.account").changes[0][1:] == ["no", "yes"]
    someone.first_name = "Other"
    someone.save()
    assert AuditEntry.objects.filter(action="rights.account").count() == 1


@pytest.mark.parametrize(
    ("how", "kept"), [("short", "203.0.113.0/24"), ("full", "203.0.113.77"), ("none", "")]
)
def test_the_address_is_kept_as_far_as_is_wanted(
    home: Page, settings: Any, how: str, kept: str
) -> None:
    settings.PORTAL_AUDIT_ADDRESSES = how
    page, request = ArtifactFactory(), RequestFactory().get("/", REMOTE_ADDR="203.0.113.77")
    origin.AuditMiddleware(lambda _request: log(page, "governance.archive"))(request)
    assert newest(action="governance.archive").address == kept


def test_entries_outlive_the_page_and_cannot_be_changed(home: Page) -> None:
    page = ArtifactFactory(title="Gone soon")
    log(page, "governance.archive")
    page.delete()
    entry = newest(action="governance.archive")
    assert entry.object_label == "Gone soon"
    entry.action = "other"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(action="other")


def test_what_has_no_entry_gets_one_and_no_second(home: Page) -> None:
    page = ArtifactFactory()
    row = log(page, "governance.archive")
    copy = PageLogEntry(
        **{f.attname: getattr(row, f.attname) for f in row._meta.fields if f.name != "id"}
    )
    PageLogEntry.objects.bulk_create([copy])
    before = AuditEntry.objects.count()
    catch_up()
    assert AuditEntry.objects.count() == before + 1
    catch_up()
    assert entries.catch_up() == 0


def test_what_a_group_had_is_told_when_the_group_goes(home: Page) -> None:
    section, keepers = CategoryFactory(), Group.objects.create(name="Keepers")
    roles.grant_section(group=keepers, section=section, role=role.EDITORS)
    key = str(keepers.pk)
    keepers.delete()
    taken = newest(action="rights.take", object_id=key)
    assert taken.path == section.path
