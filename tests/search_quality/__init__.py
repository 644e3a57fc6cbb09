"""How well search finds: judged queries, measures, and a runner (docs/search-quality.md).

``make search-quality`` asks each query of each engine and prints a table; ``test_floor.py`` holds
the engines above what they have reached.
"""
