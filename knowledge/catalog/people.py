"""How a person is called in front of others."""

from typing import Any


def called(person: Any) -> str:
    """The full name, or the user name of who has none; empty for nobody."""
    return str(person.get_full_name() or person.get_username()) if person else ""
