"""``make bench-search``: search over a hundred thousand artifacts (docs/performance.md)."""
