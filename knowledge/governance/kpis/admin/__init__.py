"""Indicators in the admin: their definitions, and values from a file."""
