"""Word by pandoc: ``ast`` writes pandoc's own document tree, ``convert`` runs pandoc on it."""
