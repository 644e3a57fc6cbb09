"""Indicators: what is measured, against which target, with its values by day."""
