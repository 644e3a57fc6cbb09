"""Indicators on the site, for those who may read them. Others find nothing at these addresses."""
