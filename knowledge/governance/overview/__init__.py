"""The first page of the admin: how the sections stand that a person looks after, and the indicators."""
