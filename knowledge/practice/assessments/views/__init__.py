"""Pages of assessments. What a person may not see is not found."""
