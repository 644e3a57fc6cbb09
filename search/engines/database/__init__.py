"""The database engine: always there, never behind, with fewer wits than Elasticsearch.

One statement finds, ranks, counts and pages; SQLite and PostgreSQL differ only in how text matches.
"""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
