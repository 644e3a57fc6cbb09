"""Writes of governance."""
