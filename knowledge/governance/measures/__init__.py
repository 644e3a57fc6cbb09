"""How much each artifact is used: views, downloads, runs and what readers said, without persons."""
