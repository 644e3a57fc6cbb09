"""Discovery: one seam, two engines. The only room that imports the Elasticsearch client."""
