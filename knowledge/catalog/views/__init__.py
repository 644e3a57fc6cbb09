"""Views: thin, they read through selectors."""
