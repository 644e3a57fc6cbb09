"""What waits for a person, from all rooms, on one page and in the person's calendar."""
