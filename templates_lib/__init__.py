"""The block library: typed parts that artifacts are made of. It knows no page type of the portal."""
