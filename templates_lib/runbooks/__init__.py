"""Trigger, diagnosis, actions with rollback, verification, failure modes."""
