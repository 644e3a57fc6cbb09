"""The demo content: files that a person can edit, brought in through the services."""
