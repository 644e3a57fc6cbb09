"""Cross-cutting: whatever readers see has changed, so rendered pages are out of date."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from knowledge.catalog.services import freshness


def _stale(**_kwargs: Any) -> None:
    freshness.bump()


def _page_deleted(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        freshness.bump()


def connect() -> None:
    """Called once when the app is ready."""
    from knowledge.catalog.models import Audience, Industry, Region, Tag, Tool

    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_stale, dispatch_uid="catalog.freshness")
    post_delete.connect(_page_deleted, dispatch_uid="catalog.freshness.page")
    for model in (PageViewRestriction, Site, Audience, Industry, Region, Tag, Tool):
        post_save.connect(_stale, sender=model, dispatch_uid=f"catalog.freshness.save.{model}")
        post_delete.connect(_stale, sender=model, dispatch_uid=f"catalog.freshness.del.{model}")
    # Its members and their rights go without a signal of their own.
    post_delete.connect(_stale, sender=Group, dispatch_uid="catalog.freshness.group")
    user = get_user_model()
    rights = (user.groups, user.user_permissions, Group.permissions, PageViewRestriction.groups)
    for relation in rights:
        through = relation.through
        m2m_changed.connect(_stale, sender=through, dispatch_uid=f"catalog.freshness.{through}")
