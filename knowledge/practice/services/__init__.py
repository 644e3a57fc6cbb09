"""What is done in practice. Each call is one transaction and one line of the log."""
