"""Variants on the public site, for people with a name."""
