from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "knowledge.catalog"
    label = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from knowledge.catalog import file_rights, rights, signal_handlers

        signal_handlers.connect()
        rights.register()
        file_rights.register()
