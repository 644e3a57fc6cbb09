"""Who does what, who decides, and whom to call."""
