"""What reviewing puts into the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from knowledge.governance.reviewing.admin import doors
from knowledge.governance.reviewing.admin.viewsets import section_rules
from knowledge.governance.reviewing.models.base import SKIPPED

hooks.register("before_publish_page", doors.refuse_publishing)
hooks.register("before_bulk_action", doors.refuse_publishing_many)
hooks.register("before_edit_page", doors.tell_what_became_of_it)


@hooks.register("register_admin_viewset")
def add_viewsets() -> list[ViewSet]:
    return [section_rules]


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(SKIPPED, _("Skip step"), _("A step of the workflow did not apply"))
