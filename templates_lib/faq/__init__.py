"""Questions and answers inside an artifact."""
