"""Three bodies side by side: the standard as it was, the standard as it is, and the variant.

Pure: it knows block definitions and their stored (JSON) values, and none of our models.
"""
