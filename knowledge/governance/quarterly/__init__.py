"""The governance report of a quarter: what was reviewed, approved, changed, said, and what is open."""
