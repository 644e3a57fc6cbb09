"""Mails that wait for the mail server; written with the change that they tell of."""

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """Deleted when the mail server has taken it."""

    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    sender = models.TextField()
    recipients = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.subject
