"""Production, but not found by search engines, and mails go to the console unless told otherwise."""

from portal.settings.production import *  # noqa: F403 - settings are layered by import

PORTAL_NOINDEX = True
