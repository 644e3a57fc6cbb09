"""How long the reports of a large library take: ``make bench-reports``."""
