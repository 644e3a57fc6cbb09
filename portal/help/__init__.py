"""The guides of docs/ as pages of the admin, where the people who need them are."""
