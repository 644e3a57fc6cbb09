"""The audit in Wagtail's admin: read, narrowed, taken along. There is no way to change it."""
