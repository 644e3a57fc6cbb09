"""The page tree: artifact kinds, categories, taxonomies, FAQ, topic hubs."""
