"""One thin page type for each kind of artifact: its body, its required parts, its place."""
