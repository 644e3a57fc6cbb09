"""Who joins or leaves an owning group gets or loses the rights on its sections."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete

from knowledge.governance.sections import services
from knowledge.governance.sections.models import SectionOwner


def _follow(action: str, **_kwargs: Any) -> None:
    if action.startswith("post_"):
        for owner in SectionOwner.objects.filter(group__isnull=False).select_related(
            "group", "rights"
        ):
            services.fill(owner=owner)


def _take_rights(instance: SectionOwner, **_kwargs: Any) -> None:
    """With the section, the person or the owning group also goes the group that held the rights."""
    Group.objects.filter(pk=instance.rights_id).delete()


def connect() -> None:
    """Called once when the app is ready."""
    m2m_changed.connect(
        _follow, sender=get_user_model().groups.through, dispatch_uid="sections.members"
    )
    post_delete.connect(_take_rights, sender=SectionOwner, dispatch_uid="sections.rights")
