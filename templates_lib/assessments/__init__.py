"""Self-assessments by pillar."""
