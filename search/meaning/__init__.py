"""What texts mean, as vectors: passages are computed where they are indexed, questions when asked.

Optional (``requirements/meaning.txt``, ``SEARCH_VECTORS_ENABLED``): without it, or when it is slow,
search goes by words alone.
"""
