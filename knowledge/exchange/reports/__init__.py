"""Reports of the portal on paper."""
