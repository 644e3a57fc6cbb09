"""Out and in: downloads, bundles, imports, demo content."""
