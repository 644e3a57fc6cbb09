"""The library itself: catalog, practice, governance and exchange, lowest first."""
