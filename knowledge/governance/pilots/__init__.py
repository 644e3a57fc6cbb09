"""Drafts that one team works with before they become the standard."""
