"""Markdown folders into the page tree, with a report of what was mapped, guessed and left."""
