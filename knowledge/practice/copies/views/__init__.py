"""Pages of filled copies. What a person may not see is not found."""
