"""Text and its companions: headings, callouts, code, tables, diagrams, claims."""
