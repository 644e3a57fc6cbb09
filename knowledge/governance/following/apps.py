from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "knowledge.governance.following"
    label = "governance_following"
    verbose_name = _("Following")

    def ready(self) -> None:
        from knowledge.governance.following import sightings

        sightings.connect()
