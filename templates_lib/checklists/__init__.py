"""Checklists that a reader ticks off."""
