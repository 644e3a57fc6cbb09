"""The log of searches in Wagtail's admin: two reports, and forms that are filled in beforehand."""
