"""Pages of governance on the public site."""
