"""Readers propose other words for a part of an artifact; editors take or decline them."""
