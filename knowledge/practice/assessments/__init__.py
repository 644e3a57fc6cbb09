"""Assessments with history: a person or several answer, the result stays and is compared."""
