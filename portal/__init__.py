"""The composition root: settings, addresses, middleware, accounts, base templates."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
