"""What somebody typed, as words that no engine can misread.

Any text is allowed: it is cut to a bounded length, cleaned of what is not text, and parsed by
hand. No part of it is ever handed to an engine as query syntax. Quotes make a phrase, a leading
minus excludes; everything else that looks like an operator is a word or nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARS = 200
MAX_WORDS = 20
_TOKEN = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_LETTERS = re.compile(r"[^\W_]")
# Words that say nothing about the matter; Elasticsearch's English list has but some of them.
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "should",
        "so",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or a phrase when ``phrase``; results must not have it when ``excluded``."""

    text: str
    phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """``shown`` is what the search box repeats."""

    shown: str = ""
    wanted: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def words(self) -> str:
        """All that is wanted, as plain words."""
        return " ".join(term.text for term in self.wanted)


def clean(raw: str) -> str:
    """At most ``MAX_CHARS`` of visible text, without control and direction marks."""
    raw = raw[: MAX_CHARS * 4].encode("utf-8", "ignore").decode()
    kept = (" " if char.isspace() else char for char in raw)
    text = "".join(char for char in kept if unicodedata.category(char) not in _INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", text).split())[:MAX_CHARS].rstrip()


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def parse(raw: str) -> Text:
    shown = clean(raw)
    terms = [term for match in _TOKEN.finditer(shown) if (term := _term(match))][:MAX_WORDS]
    wanted = tuple(term for term in terms if not term.excluded)
    telling = tuple(term for term in wanted if term.phrase or term.text not in STOP_WORDS)
    # "What is it about" has no telling word; then all of them count.
    wanted = telling or wanted
    excluded = tuple(term for term in terms if term.excluded)
    return Text(shown=shown, wanted=wanted, excluded=excluded if wanted else ())


def typed_words(raw: str) -> tuple[str, ...]:
    """The words of a text that is still being typed, for suggestions."""
    return tuple(re.findall(r"[^\W_]+", clean(raw).lower()))[:MAX_WORDS]


def _term(match: re.Match[str]) -> Term | None:
    minus, phrase, word = match.groups()
    if word is None:
        text, is_phrase, excluded = phrase, True, bool(minus)
    else:
        text, is_phrase = word, False
        excluded = len(word) > 2 and word[0] == "-" and word[1].isalpha()
    text = _trim(text.lower())
    if not text:
        return None
    return Term(text, phrase=is_phrase and " " in text, excluded=excluded)


def _trim(text: str) -> str:
    """Without what is not a letter or a digit at both ends."""
    found = [match.start() for match in _LETTERS.finditer(text)]
    return text[found[0] : found[-1] + 1] if found else ""
