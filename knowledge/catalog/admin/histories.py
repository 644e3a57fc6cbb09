"""The history of a row in wagtail-modeladmin's tables, which that shows to whoever knows its number."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.auth import permission_denied
from wagtail_modeladmin.views import HistoryView


class GuardedHistoryView(HistoryView):
    """For those who may look at the row itself."""

    def check_action_permitted(self, user: Any) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.check_action_permitted(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)
