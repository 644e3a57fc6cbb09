"""The rules: one entry each in ``catalogue``."""
