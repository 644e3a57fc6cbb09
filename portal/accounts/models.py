"""Our own user model from the first day on, so that it can grow without a painful migration."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # the plugin stops at the Artifact of another app
    """A person. Rights come from groups (knowledge/governance/services/roles.py)."""
