"""Using an artifact. In this first form: filling a template. Runs and walks follow."""
