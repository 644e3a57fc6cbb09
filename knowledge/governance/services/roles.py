"""The groups of the portal, their rights and the default workflow. Safe to run at every start.

Rights follow the tree: what a role has on the home page can be given on a section instead. A
group gets the rights of its role once, when it is made; from then on its rights are what an
administrator makes of them, so that a right that was taken away does not come back by itself.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.roles import (
    ADMINISTRATORS,
    CHOOSE_FILES,
    EDITORS,
    REVIEWERS,
    ROLES,
    Role,
)
from knowledge.governance.signals import section_rights_given

WORKFLOW_NAME = "Editorial review"
# Of several with the same codename only these are rights on a collection.
_COLLECTION_APPS = ("wagtailimages", "wagtaildocs", "wagtailcore")


@transaction.atomic
def ensure(*, home: Page, restore: bool = False) -> dict[str, Group]:
    """Groups by name, with their rights on ``home`` and below, and the workflow on the tree.

    Args:
        restore: give existing groups back what their role has and they lack.
    """
    if not Group.objects.filter(name=ADMINISTRATORS.name).exists():
        _make_way_for_ours()
    groups = {role.name: _ensure_role(role, home, restore) for role in ROLES}
    if restore or not Workflow.objects.filter(name=WORKFLOW_NAME).exists():
        reviewers = [groups[REVIEWERS.name], groups[ADMINISTRATORS.name]]
        _ensure_workflow(name=WORKFLOW_NAME, page=home, reviewers=reviewers)
    return groups


@transaction.atomic
def grant_section(
    *, group: Group, section: Page, role: Role, files: Collection | None = None
) -> Group:
    """Give ``group`` the rights of ``role`` on ``section`` and below, and nothing elsewhere.

    Reviewers of a section get a workflow of their own there: its drafts go to them and to the
    administrators, no longer to the reviewers of the whole portal. Files lie in collections, not
    in the tree: a group that may write gets the role's rights on those of ``files``, and may choose
    among all; without that it has the rights on all of them.

    For set-up and imports: who may call it is the caller's to ask. An administrator does the
    same in the admin under Settings, Groups and Workflows (docs/operator.md).
    """
    _grant(group, role, section, files)
    section_rights_given.send(sender=Group, group=group, section=section, role=role)
    if role is REVIEWERS:
        administrators = Group.objects.filter(name=ADMINISTRATORS.name)
        _ensure_workflow(
            name=f"{WORKFLOW_NAME}: {section.title}",
            page=section,
            reviewers=[group, *administrators],
        )
    return group


def _make_way_for_ours() -> None:
    """Wagtail brings two groups with rights on the root page; they go while nobody is in them."""
    brought = Group.objects.filter(
        name__in=["Moderators", EDITORS.name],
        user__isnull=True,
        page_permissions__page__depth=1,
    )
    Group.objects.filter(pk__in=list(brought.values_list("pk", flat=True))).delete()


def _ensure_role(role: Role, home: Page, restore: bool) -> Group:
    group, created = Group.objects.get_or_create(name=role.name)
    if created or restore:
        _grant(group, role, home)
    return group


def _grant(group: Group, role: Role, page: Page, files: Collection | None = None) -> None:
    """As many look-ups and writes for any number of rights; those that are there stay."""
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=page, permission=right)
            for right in _rights(role.page, "wagtailcore")
        ],
        ignore_conflicts=True,
    )
    root = Collection.get_first_root_node()
    _grant_files(group, role.collection, files or root)
    if files is not None:
        _grant_files(group, tuple(one for one in role.collection if one in CHOOSE_FILES), root)
    wanted = {name.split(".")[1]: name.split(".")[0] for name in role.other}
    group.permissions.add(*_rights(tuple(wanted), *set(wanted.values())))


def _grant_files(group: Group, codenames: tuple[str, ...], files: Collection) -> None:
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=files, permission=right)
            for right in _rights(codenames, *_COLLECTION_APPS)
        ],
        ignore_conflicts=True,
    )


def _rights(codenames: tuple[str, ...], *app_labels: str) -> list[Permission]:
    """The permissions of these codenames, which are each unique among these apps.

    Raises:
        LookupError: one is missing; it is named.
    """
    found = Permission.objects.filter(
        codename__in=codenames, content_type__app_label__in=app_labels
    )
    by_name = {right.codename: right for right in found}
    missing = [name for name in codenames if name not in by_name]
    if missing:
        raise LookupError(f"There are no permissions called {', '.join(missing)}.")
    return [by_name[name] for name in codenames]


def _ensure_workflow(*, name: str, page: Page, reviewers: list[Group]) -> Workflow:
    """The workflow on ``page`` and below with one step; a page that has another one keeps it."""
    existing = WorkflowPage.objects.filter(page=page).select_related("workflow").first()
    if existing is not None:
        _add_reviewers(existing.workflow, reviewers)
        return existing.workflow
    workflow = Workflow.objects.create(name=name)
    task = EditorialReviewTask.objects.create(name=name)
    task.groups.set(reviewers)
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    return workflow


def _add_reviewers(workflow: Workflow, reviewers: list[Group]) -> None:
    for task in EditorialReviewTask.objects.filter(workflow_tasks__workflow=workflow):
        task.groups.add(*reviewers)
