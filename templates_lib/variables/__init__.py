"""Fields of a template and the document that they fill."""
