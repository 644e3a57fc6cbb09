"""Indicators for machines: ``/api/v1/kpis/``."""
