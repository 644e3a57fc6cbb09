"""Takes out of a query what could name a person or open a door, before it is kept anywhere.

Better one word too many than one too few: a masked code costs a line in a report, a kept password
costs more. What is only a word, such as somebody's name, cannot be told from other words.
"""

import re

MAX_CHARS = 200
EMAIL, NUMBER, SECRET = "[email]", "[number]", "[secret]"
PLACEHOLDERS = (EMAIL, NUMBER, SECRET)

_LABELLED = re.compile(
    r"\b(pass(?:word|wd|phrase|code)?|pwd|pin|secret|token|bearer|api[ _-]?key)"
    r"(\s*[:=]\s*|(?<=bearer)\s+)\S+"
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A digit, and whatever goes on with digits and the marks that people put between them.
_DIGITS = re.compile(r"\d(?:[\s().+/\u00b7\u2010-\u2015-]*\d)*")
_YEAR = re.compile(r"(19|20)\d\d")
_SWITCH = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")

LONGEST_CODE = 5  # digits of a code that is no secret: a standard, a port, a request for comments
LEAST_PHONE = 7
LEAST_KEY = 16
LEAST_LETTERS = 32
LEAST_SWITCHES = 8


def normalised(query: str) -> str:
    """The query in lower case with single spaces: the same for all who mean the same words."""
    return " ".join(query.casefold().split())


def masked(query: str) -> str:
    """What may be kept of a query, normalised, at most ``MAX_CHARS`` long."""
    text = _LABELLED.sub(rf"\1\2{SECRET}", normalised(query))
    text = " ".join(_token(token) for token in text.split())
    return _DIGITS.sub(_number, text)[:MAX_CHARS].rstrip()


def _token(token: str) -> str:
    if "@" in token:
        return EMAIL
    return SECRET if token not in PLACEHOLDERS and _is_secret(token) else token


def _is_secret(token: str) -> bool:
    if _UUID.search(token) or len(_SWITCH.findall(token)) >= LEAST_SWITCHES:
        return True
    return any(_is_key(piece) for piece in re.split(r"[\W_]+", token))


def _is_key(piece: str) -> bool:
    digits = sum(char.isdigit() for char in piece)
    mixed = 0 < digits < len(piece)
    return len(piece) >= (LEAST_KEY if mixed else LEAST_LETTERS)


def _number(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match[0])
    # Years stand beside other figures ("27001 2022", "2024-2025") and name nobody.
    telling = [group for group in groups if not _YEAR.fullmatch(group)]
    if sum(map(len, telling)) >= LEAST_PHONE or any(len(one) > LONGEST_CODE for one in telling):
        return NUMBER
    return match[0]
