"""Tasks, milestones, stages, timelines and cadences."""
