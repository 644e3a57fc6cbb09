"""Filled copies of templates: begun, saved, finished, carried over to a newer version."""
