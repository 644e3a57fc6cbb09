"""Groups, their rights, and rights on one section only."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Workflow

from knowledge.governance import roles as role
from knowledge.governance.services import roles
from tests.factories import ArtifactFactory, CategoryFactory, group, person

pytestmark = pytest.mark.django_db


def rights(user, page) -> set[str]:
    tester = page.permissions_for_user(user)
    names = ("can_edit", "can_add_subpage", "can_publish", "can_delete", "can_lock")
    return {name.removeprefix("can_") for name in names if getattr(tester, name)()}


def test_each_role_has_its_own_powers_on_the_tree(home: Page) -> None:
    category = CategoryFactory(parent=home)

    assert rights(person("Viewers"), category) == set()
    assert rights(person("Contributors"), category) == {"add_subpage"}
    assert rights(person("Editors"), category) == {
        "edit",
        "add_subpage",
        "publish",
        "delete",
        "lock",
    }
    assert rights(person("Reviewers"), category) == {"edit", "publish", "delete", "lock"}
    assert "delete" in rights(person("Administrators"), category)


def test_only_administrators_look_after_people_and_vocabularies(home: Page) -> None:
    for name in ("Contributors", "Editors", "Reviewers"):
        assert not person(name).has_perm("accounts.change_user")
        assert not person(name).has_perm("catalog.add_industry")
    administrator = person("Administrators")
    assert administrator.has_perm("accounts.change_user")
    assert administrator.has_perm("catalog.add_industry")
    assert administrator.has_perm("wagtailcore.change_workflow")


def test_contributors_add_files_but_do_not_touch_those_of_others(home: Page) -> None:
    from wagtail.images import get_image_model
    from wagtail.permissions import policy_registry

    policy = policy_registry.get_by_type(get_image_model())
    contributor, editor = person("Contributors"), person("Editors")
    theirs = get_image_model()(uploaded_by_user=editor, collection=_root_collection())

    assert policy.user_has_permission(contributor, "add")
    assert policy.user_has_permission(contributor, "choose")
    assert not policy.user_has_permission_for_instance(contributor, "change", theirs)
    assert policy.user_has_permission_for_instance(editor, "change", theirs)


def _root_collection():
    from wagtail.models import Collection

    return Collection.get_first_root_node()


def test_groups_that_wagtail_brings_give_way(home: Page) -> None:
    assert not Group.objects.filter(name="Moderators").exists()
    assert not GroupPagePermission.objects.filter(group__name="Editors", page__depth=1).exists()


def test_running_again_keeps_what_an_administrator_took_away(home: Page) -> None:
    editors = group("Editors")
    editors.page_permissions.filter(permission__codename="publish_page").delete()
    group("Moderators")  # one that an administrator made later, still empty

    roles.ensure(home=home)

    assert "publish" not in rights(person("Editors"), home)
    assert Group.objects.filter(name="Moderators").exists()
    assert Workflow.objects.filter(name=roles.WORKFLOW_NAME).count() == 1


def test_restore_puts_back_what_a_role_lacks(home: Page) -> None:
    group("Editors").page_permissions.all().delete()

    roles.ensure(home=home, restore=True)

    assert "publish" in rights(person("Editors"), CategoryFactory(parent=home))


def test_a_section_role_holds_in_its_section_only(home: Page) -> None:
    mine, other = CategoryFactory(parent=home), CategoryFactory(parent=home)
    writers = group("Operations editors")

    roles.grant_section(group=writers, section=mine, role=role.EDITORS)

    writer = person("Operations editors")
    assert "publish" in rights(writer, ArtifactFactory(parent=mine))
    assert rights(writer, other) == set()
    assert writer.has_perm("wagtailadmin.access_admin")


def test_reviewers_of_a_section_get_its_drafts_and_no_others(home: Page) -> None:
    mine, other = CategoryFactory(parent=home), CategoryFactory(parent=home)

    roles.grant_section(group=group("Ops reviewers"), section=mine, role=role.REVIEWERS)
    roles.grant_section(group=group("More reviewers"), section=mine, role=role.REVIEWERS)

    names = {one.name for task in mine.get_workflow().tasks.specific() for one in task.groups.all()}
    assert names == {"Ops reviewers", "More reviewers", "Administrators"}
    assert other.get_workflow().name == roles.WORKFLOW_NAME
