"""Governance in the Wagtail admin."""
