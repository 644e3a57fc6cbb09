"""Markdown in and out: ``render`` for readers, ``write`` for downloads, ``read`` for imports."""
