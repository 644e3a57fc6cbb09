"""What people answer: of their team, and of the run that they start."""
