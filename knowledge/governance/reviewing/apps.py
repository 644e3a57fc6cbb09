from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    name = "knowledge.governance.reviewing"
    label = "governance_reviewing"
    verbose_name = _("Reviewing")

    def ready(self) -> None:
        from wagtail.workflows import get_task_types

        from knowledge.governance.reviewing import signal_handlers
        from knowledge.governance.reviewing.selectors.standing import sorts

        signal_handlers.connect()
        # What administrators may choose. Wagtail would list a sort once for each of its ancestors, and
        # its own one, which knows neither kinds nor rules of sections and shows in no queue.
        get_task_types()[:] = sorts()
