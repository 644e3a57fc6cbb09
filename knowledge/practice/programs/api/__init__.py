"""``/api/v1/programs/``."""
