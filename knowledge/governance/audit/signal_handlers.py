"""Every row of a log has its entry; every change of rights has one."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    PageLogEntry,
)

from knowledge.governance.audit.recording import entries
from knowledge.governance.signals import section_rights_given
from knowledge.practice.signals import log_noted

GAVE, TOOK = "rights.give", "rights.take"
ACCOUNT, SECTION = "rights.account", "rights.section"
# Of an account what decides what it may do.
_DECIDING = ("is_superuser", "is_active")


def _mirror(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        entries.mirror([instance])


def _mirror_run(events: Sequence[Any], **_kwargs: Any) -> None:
    entries.mirror(events)


def _held(
    instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **_kwargs: Any
) -> None:
    """Groups and rights of a person, rights of a group; told of whoever holds them."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if action == "pre_clear":
        others = list(_of(instance, model, reverse))
    else:
        others = list(model.objects.filter(pk__in=pk_set or ()))
    gives = action == "post_add"
    pairs = [(one, instance) for one in others] if reverse else [(instance, one) for one in others]
    for holder, what in pairs:
        name = _("Group") if isinstance(what, Group) else _("Right")
        change = (name, "", str(what)) if gives else (name, str(what), "")
        entries.rights(action=GAVE if gives else TOOK, holder=holder, changes=[change])


def _of(instance: Any, model: Any, reverse: bool) -> Any:
    names = {"Group": "groups", "User": "user_set"}
    if model.__name__ == "Permission":
        name = "permissions" if isinstance(instance, Group) else "user_permissions"
    elif model.__name__ in names:
        name = names[model.__name__]
    else:
        name = "group_set"
    return getattr(instance, name).all()


def _given_on(instance: Any, created: bool = True, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        _on(instance, GAVE)


def _taken_from(instance: Any, **_kwargs: Any) -> None:
    _on(instance, TOOK)


def _on(instance: Any, action: str) -> None:
    """A right on a part of the page tree, or on a collection of files."""
    place = getattr(instance, "page", None) or instance.collection
    right = f"{instance.permission} ({place})"
    change = (_("Right"), "", right) if action == GAVE else (_("Right"), right, "")
    path = place.path if isinstance(instance, GroupPagePermission) else ""
    entries.rights(action=action, holder=instance.group, changes=[change], path=path)


def _given_on_section(group: Group, section: Any, role: Any, **_kwargs: Any) -> None:
    change = (_("Rights of the role"), "", f"{role.name} ({section.title})")
    entries.rights(action=SECTION, holder=group, changes=[change], path=section.path)


def _account(instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    """A person becomes a superuser, or an account is closed or opened again."""
    if raw or instance.pk is None or (update_fields and not {*update_fields} & {*_DECIDING}):
        return
    before = type(instance).objects.filter(pk=instance.pk).values(*_DECIDING).first()
    if before is None:
        return
    changes = [
        (str(instance._meta.get_field(name).verbose_name), _word(before[name]), _word(now))
        for name in _DECIDING
        if (now := getattr(instance, name)) != before[name]
    ]
    if changes:
        entries.rights(action=ACCOUNT, holder=instance, changes=changes)


def _word(value: bool) -> str:
    return _("yes") if value else _("no")


def connect() -> None:
    """Called once when the app is ready."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(_mirror, sender=model, dispatch_uid=f"audit.{model.__name__}")
    log_noted.connect(_mirror_run, dispatch_uid="audit.run")
    person: Any = get_user_model()
    for field in (person.groups, person.user_permissions, Group.permissions):
        m2m_changed.connect(
            _held, sender=field.through, dispatch_uid=f"audit.{field.through.__name__}"
        )
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(_given_on, sender=model, dispatch_uid=f"audit.given.{model.__name__}")
        # Before: with a group that goes, its name would be gone.
        pre_delete.connect(_taken_from, sender=model, dispatch_uid=f"audit.taken.{model.__name__}")
    section_rights_given.connect(_given_on_section, dispatch_uid="audit.section")
    pre_save.connect(_account, sender=person, dispatch_uid="audit.account")
