"""What was answered to a write, for whoever sends it again."""

from django.conf import settings
from django.db import models

KEY_CHARS = 255


class KeptAnswer(models.Model):
    """Made in the transaction of the write that it answers: both are there, or neither.

    ``fingerprint`` is a digest of method, address and body; ``access`` tells what the person could
    see then (catalog.permissions.Access.key).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_CHARS)
    fingerprint = models.CharField(max_length=64)
    access = models.CharField(max_length=16)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    location = models.CharField(max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="api_key_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}: {self.status}"
