"""The same search for machines: ``/api/v1/search/``."""
