"""Views of the frame: errors, health, the diagram frame."""
