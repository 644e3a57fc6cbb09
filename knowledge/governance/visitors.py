"""Whether a person asks, or a program that says so of itself."""

import re
from collections.abc import Mapping
from functools import lru_cache

# Robots that say so. A person with an odd program is a person; Cubot makes phones.
_ROBOT = re.compile(
    r"(?<!cu)bot(\b|_)|robot|crawl|spider|slurp|preview|lighthouse|pingdom|uptime|monitor|probe",
    re.I,
)
PREFETCHING = ("Purpose", "Sec-Purpose", "X-Moz")


@lru_cache(maxsize=1024)
def is_robot(agent: str) -> bool:
    return _ROBOT.search(agent) is not None


def is_person(headers: Mapping[str, str]) -> bool:
    """Neither a robot nor a browser that fetches what nobody may ever look at."""
    if is_robot(headers.get("User-Agent", "")):
        return False
    return not any("prefetch" in headers.get(name, "") for name in PREFETCHING)
