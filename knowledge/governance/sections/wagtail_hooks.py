"""The page of a section in the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import widgets
from wagtail.log_actions import LogActionRegistry

from knowledge.governance.sections import views


@hooks.register("register_admin_urls")
def add_urls() -> list:
    return [path("sections/<int:page_id>/", views.manage, name="section_manage")]


@hooks.register("register_page_header_buttons")
def add_button(page: Any, user: Any, view_name: str, next_url: str | None = None):  # type: ignore[no-untyped-def]
    is_section = issubclass(page.specific_class or type(page), views.SECTIONS)
    if is_section and page.permissions_for_user(user).can_publish():
        yield widgets.Button(
            _("Owner and feedback"),
            reverse("section_manage", args=[page.pk]),
            icon_name="group",
            priority=62,
        )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "governance.section_owner", _("Change section owner"), _("Got another section owner")
    )
    actions.register_action(
        "governance.section_voice", _("Change who speaks"), _("Changed who may give feedback")
    )
