"""The admin cannot show guides that were not deployed."""

from typing import Any

from django.core.checks import Error, register

from portal.help.guides import GUIDES


@register
def guides_are_there(**_kwargs: Any) -> list[Error]:
    return [
        Error(
            f"The guide {guide.path} is missing.",
            hint="Deploy the folder docs/ with the code.",
            id="portal.E001",
        )
        for guide in GUIDES
        if not guide.path.is_file()
    ]
