"""Findings in the Wagtail admin: beside the editor, and as a report."""
