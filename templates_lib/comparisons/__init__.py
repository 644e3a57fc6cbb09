"""Two things side by side, and whether something fits."""
