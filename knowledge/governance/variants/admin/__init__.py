"""Variants in the admin."""
