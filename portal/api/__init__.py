"""The root of /api/v1/: schema, documents, who asks, one shape of error, writes that may be sent twice."""
