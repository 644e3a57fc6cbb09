"""What is read about variants."""
