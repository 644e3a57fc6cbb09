from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks, signal_handlers
        from search.admin import words

        checks.register()
        signal_handlers.connect()
        words.connect()
