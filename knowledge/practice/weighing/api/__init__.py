"""``/api/v1/matrices/``."""
