"""Parts of the base settings, by concern."""
