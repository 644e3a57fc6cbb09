from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    name = "search.insight"
    label = "search_insight"
    verbose_name = _("Search insight")

    def ready(self) -> None:
        from wagtail.signals import init_new_page

        from search.insight import checks
        from search.insight.admin import prefilling

        checks.register()
        init_new_page.connect(prefilling.fill, dispatch_uid="search_insight.fill")
