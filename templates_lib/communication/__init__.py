"""Which channel for what, and messages that begin with the conclusion."""
