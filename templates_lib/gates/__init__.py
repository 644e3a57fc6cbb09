"""Quality gates and controls."""
