"""Ways on: related artifacts and calls to action."""
