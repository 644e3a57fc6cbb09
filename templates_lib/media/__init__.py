"""Pictures, files and embeds."""
