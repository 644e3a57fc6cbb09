"""Who did what, when, from where, to which version, before and after (docs/adr/0012)."""
