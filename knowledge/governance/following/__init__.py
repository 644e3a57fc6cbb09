"""What people follow, what they saw of it last, and the digest that tells them of changes."""
