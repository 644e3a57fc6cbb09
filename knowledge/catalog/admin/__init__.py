"""The catalogue in the Wagtail admin."""
