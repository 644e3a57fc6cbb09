"""``/api/v1/assessments/``."""
