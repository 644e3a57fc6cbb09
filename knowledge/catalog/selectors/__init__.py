"""Reads. Each returns a queryset or frozen dataclasses with a fixed number of queries."""
