"""Read only. What asks many questions about the tree reads the rules of sections once."""
