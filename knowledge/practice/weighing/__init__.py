"""Weighted matrices decided by one or several: scores, ranking, how firm it is, and the record."""
