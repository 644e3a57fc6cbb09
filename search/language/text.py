"""What somebody typed, as words that no engine can misread.

Any text is allowed: it is cut to a bounded length, cleaned of what is not text, and parsed by
hand. No part of it is ever handed to an engine as query syntax. Quotes make a phrase, a leading
minus excludes; everything else that looks like an operator is a word or nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_CHARS = 200
MAX_WORDS = 20
# So many words that count make a description, not a name.
LONG = 4
_TOKEN = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_LETTERS = re.compile(r"[^\W_]")
# Words that say nothing about the matter. Elasticsearch's English list lacks how, what, who, my and do.
_SMALL = (
    "a about all also am an and any are as at be because been being but by can can't could did do",
    "does doesn't doing don't for from get gets getting give go got had has have having he her here",
    "him his how how's i i'd i'll i'm i've if in into is isn't it it's its just let let's like me my",
    "of off on or our ours please she should so some someone somebody something such than that",
    "that's the their them then there there's these they thing things this those to too us very want",
    "wants was wasn't we we'd we'll we're we've were what what's when when's where where's whether",
    "which who who's whom whose why will with won't would you you're your yours",
)
STOP_WORDS = frozenset(word for line in _SMALL for word in line.split())


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it. Several words of a ``phrase`` stand together in this order, else anywhere.

    ``begins``: words of a title begin so, as when somebody has not finished typing.
    """

    text: str
    phrase: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or a phrase when ``phrase``; results must not have it when ``excluded``.

    What understanding adds: ``others`` say the same in other words; ``weight`` is how much of the
    question hangs on this term (rare words more).
    """

    text: str
    phrase: bool = False
    excluded: bool = False
    others: tuple[Form, ...] = ()
    weight: float = 1.0

    @property
    def forms(self) -> tuple[Form, ...]:
        return (Form(self.text, self.phrase), *self.others)


@dataclass(frozen=True, slots=True)
class Text:
    """``shown`` is what the search box repeats.

    ``spoken`` is all that was said, in its order and with the words that say little; ``wanted`` is
    what counts of it. ``healed`` pairs words that nobody knows with those that were meant.
    ``synonyms`` are the editors' other words for what was said.
    """

    shown: str = ""
    wanted: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    spoken: tuple[Term, ...] = ()
    healed: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def words(self) -> str:
        """All that is wanted, as plain words."""
        return " ".join(term.text for term in self.wanted)

    @property
    def meant(self) -> str:
        """``shown`` with the mended words in the place of those that nobody knows."""
        meant = self.shown
        for typed, word in self.healed:
            meant = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", word, meant, flags=re.IGNORECASE)
        return meant

    @property
    def explained(self) -> str:
        """``meant`` as for somebody who does not know the abbreviations of the field."""
        return f"{self.meant} ({', '.join(self.synonyms)})" if self.synonyms else self.meant

    @property
    def sayings(self) -> tuple[str, ...]:
        """What is to be understood: the question, and a long one also without its small words.

        Each way to say it goes astray somewhere else; together they stay nearer to what was meant.
        """
        is_long = len(self.wanted) >= LONG
        return (self.explained, self.words) if is_long else (self.explained,)

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.wanted)


def clean(raw: str) -> str:
    """At most ``MAX_CHARS`` of visible text, without control and direction marks."""
    raw = raw[: MAX_CHARS * 4].encode("utf-8", "ignore").decode()
    kept = (" " if char.isspace() else char for char in raw)
    text = "".join(char for char in kept if unicodedata.category(char) not in _INVISIBLE)
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    return " ".join(text.split())[:MAX_CHARS].rstrip()


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def parse(raw: str) -> Text:
    shown = clean(raw)
    terms = [term for match in _TOKEN.finditer(shown) if (term := _term(match))][:MAX_WORDS]
    spoken = tuple(term for term in terms if not term.excluded)
    excluded = tuple(term for term in terms if term.excluded)
    return Text(shown, telling(spoken), excluded if spoken else (), spoken)


def telling(spoken: Sequence[Term]) -> tuple[Term, ...]:
    """Without the words that say nothing; "what is it about" has no others, then all of them count."""
    said = tuple(term for term in spoken if term.phrase or term.text not in STOP_WORDS)
    return said or tuple(spoken)


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
