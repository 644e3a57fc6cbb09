"""What recurs by the cadence of an artifact, as dated tasks of its owner."""
