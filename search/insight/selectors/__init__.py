"""Reads the log. Everything starts from ``queries.known_to``: what the person may know of."""
