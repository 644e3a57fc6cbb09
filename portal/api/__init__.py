"""The root of /api/v1/: schema, documents, one shape of error."""
