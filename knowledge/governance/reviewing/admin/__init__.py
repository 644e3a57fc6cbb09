"""The reviewer's side of the admin."""
