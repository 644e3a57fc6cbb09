"""From artifacts to what the engines search: documents, mapping, aliases, rebuild, outbox."""
