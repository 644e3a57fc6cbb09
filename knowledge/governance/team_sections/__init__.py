"""A private section of a team: pages that its members write and read, and nobody else."""
