"""Write. Each refuses by itself, whatever door was taken."""
