"""People: the user model of the site."""
