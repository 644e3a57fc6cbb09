"""What a team works by: artifacts in the version that it agreed on."""
