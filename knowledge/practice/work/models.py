"""The secret address of a person's calendar."""

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """Whoever has the address reads what the person has to do, so only a digest of it is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)
