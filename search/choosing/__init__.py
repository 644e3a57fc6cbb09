"""Which one fits us: the questions, answered with the search for the problem in words."""
