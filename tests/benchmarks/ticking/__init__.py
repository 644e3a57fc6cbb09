"""A long run that several people tick at once."""
