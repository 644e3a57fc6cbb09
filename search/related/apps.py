from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelatedConfig(AppConfig):
    name = "search.related"
    label = "search_related"
    verbose_name = _("Related artifacts")

    def ready(self) -> None:
        from search.related import signal_handlers

        signal_handlers.connect()
