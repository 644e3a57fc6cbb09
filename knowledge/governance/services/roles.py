"""The groups of the portal, their rights and the default workflow. Safe to run at every start.

Rights follow the tree: what is given here on the home page can be given on a section instead.
An existing group keeps what an administrator added; what is missing here is put back.
"""

from dataclasses import dataclass

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

WORKFLOW_NAME = "Editorial review"


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    page: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


_VOCABULARY = tuple(
    f"catalog.{verb}_{model}"
    for model in ("industry", "tool", "audience", "region", "tag")
    for verb in ("add", "change", "delete", "view")
)
_FILES = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)

VIEWERS = Role("Viewers")
CONTRIBUTORS = Role("Contributors", ("add_page",), _FILES, ("wagtailadmin.access_admin",))
EDITORS = Role(
    "Editors",
    ("add_page", "change_page", "publish_page", "lock_page"),
    _FILES,
    ("wagtailadmin.access_admin", "catalog.add_tag", "catalog.change_tag", "catalog.view_tag"),
)
REVIEWERS = Role(
    "Reviewers",
    ("change_page", "publish_page", "lock_page", "unlock_page"),
    ("choose_image", "choose_document"),
    ("wagtailadmin.access_admin", "governance.view_feedback", "governance.change_feedback"),
)
ADMINISTRATORS = Role(
    "Administrators",
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    _FILES,
    (
        "wagtailadmin.access_admin",
        *_VOCABULARY,
        "governance.view_feedback",
        "governance.change_feedback",
        *(f"accounts.{verb}_user" for verb in ("add", "change", "delete", "view")),
        *(f"auth.{verb}_group" for verb in ("add", "change", "delete", "view")),
        *(f"wagtailcore.{verb}_workflow" for verb in ("add", "change", "delete")),
        *(f"wagtailcore.{verb}_task" for verb in ("add", "change", "delete")),
        *(f"wagtailcore.{verb}_collection" for verb in ("add", "change", "delete")),
        *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
    ),
)
ROLES = (VIEWERS, CONTRIBUTORS, EDITORS, REVIEWERS, ADMINISTRATORS)


@transaction.atomic
def ensure(*, home: Page) -> dict[str, Group]:
    """Groups by name, with their rights on ``home`` and below, and the workflow on the tree."""
    groups = {role.name: _ensure_role(role, home) for role in ROLES}
    # Wagtail brings groups of its own with other rights; ours take their place.
    Group.objects.filter(name="Moderators", user__isnull=True).delete()
    ensure_workflow(home=home, reviewers=[groups["Reviewers"], groups["Administrators"]])
    return groups


def _ensure_role(role: Role, home: Page) -> Group:
    group, created = Group.objects.get_or_create(name=role.name)
    if role is EDITORS:
        # Wagtail's own "Editors" has rights on the root and may not publish there.
        GroupPagePermission.objects.filter(group=group, page__depth=1).delete()
    for codename in role.page:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    for codename in role.collection:
        permission = Permission.objects.get(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename=codename
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
    group.permissions.add(*(_permission(name) for name in role.other))
    return group


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def ensure_workflow(*, home: Page, reviewers: list[Group]) -> Workflow:
    """The default workflow on the whole tree; a section may have another one."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task = EditorialReviewTask.objects.filter(name=WORKFLOW_NAME).first()
    if task is None:
        task = EditorialReviewTask.objects.create(name=WORKFLOW_NAME)
        task.groups.set(reviewers)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0}
    )
    if not WorkflowPage.objects.filter(page=home).exists():
        WorkflowPage.objects.create(page=home, workflow=workflow)
    return workflow
