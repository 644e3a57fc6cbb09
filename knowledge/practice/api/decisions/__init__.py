"""``/api/v1/decisions/``."""
