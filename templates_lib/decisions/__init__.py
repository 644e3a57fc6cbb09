"""Decision trees, weighted matrices, risk thresholds, options."""
