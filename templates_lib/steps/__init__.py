"""Steps, workflows, handoffs and success criteria."""
