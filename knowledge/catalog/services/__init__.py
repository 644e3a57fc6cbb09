"""Writes. Each checks the permission of ``by`` and is one transaction."""
