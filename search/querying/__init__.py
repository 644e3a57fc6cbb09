"""From an address to a result: text, filters, access, facets. The same for all engines."""
