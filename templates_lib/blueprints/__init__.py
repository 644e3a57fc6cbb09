"""What goes in, what is done to it, what comes out, and who has a local variant."""
