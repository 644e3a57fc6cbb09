"""Middleware, outermost first: see MIDDLEWARE in settings/base.py for the order."""
