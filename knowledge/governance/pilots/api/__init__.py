"""Pilots for machines."""
