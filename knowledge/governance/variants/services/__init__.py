"""What is written about variants."""
