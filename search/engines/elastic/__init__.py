"""The Elasticsearch engine: hits, all facets and highlights in one round trip."""

from search.engines.elastic.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
