"""Pages of teams. A team that the person is not in does not exist for that person."""
