"""``/api/v1/copies/``."""
