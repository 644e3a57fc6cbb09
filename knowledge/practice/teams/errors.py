"""What the services of teams may refuse. The message is for the person who asked."""

from knowledge.practice.errors import RunRefused


class TeamRefused(RunRefused):
    """Of teams, and of what is made for one."""
