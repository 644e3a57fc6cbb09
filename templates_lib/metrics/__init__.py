"""Metrics with target, actual and trend, and the goals that they serve."""
