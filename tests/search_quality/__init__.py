"""How well search finds: judged queries, measures, and a runner (docs/search-quality.md).

``make search-quality`` asks each query of each engine and prints a table;
``tests/e2e/test_search_quality.py`` holds the engines above what they have reached.
"""
