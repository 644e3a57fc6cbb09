"""A program carried out: runs of its parts, one after the other."""
