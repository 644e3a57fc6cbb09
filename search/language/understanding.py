"""From what was typed to what is looked for: other words for it, other spellings, mistyped words.

Works on the words in their order, with the small ones: "on call" is one thing and "call" another.
Each part of the text becomes one ``Term`` with all its forms, so that an engine finds an artifact
by any of them and counts it once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.language import synonyms
from search.language.healing import heal
from search.language.synonyms import Key, key
from search.language.text import STOP_WORDS, Form, Term, Text
from search.language.words import Known, beginning_with, cut, look_up, stem

LONGEST_EXPRESSION = 5
MOST_FORMS = 12
# Other words that a term is explained with to what knows only common English.
EXPLAINED = 4
# Half of a word is a word of its own from here on.
SHORTEST_HALF = 2
SHORTEST_JOINED = 6
COMPLETIONS = 6
SHORTEST_BEGINNING = 3
# A word that had to be guessed says less about what is wanted.
GUESSED = 0.8
# The longest questions hang on their most telling words; each one more costs.
MOST_TERMS = 12


def understand(text: Text, *, table: Mapping[Key, tuple[str, ...]] | None = None) -> Text:
    """The same text with forms, weights and healed words. One query, more only for unknown words.

    ``table``: synonyms to use in place of those in force.
    """
    if not text:
        return text
    table = synonyms.table() if table is None else table
    spoken = text.spoken
    known = look_up(_all_words(spoken))
    terms: list[Term] = []
    healed: list[tuple[str, str]] = []
    explained: dict[str, None] = {}
    place = 0
    while place < len(spoken):
        term, length = _longest(spoken, place, table, known)
        last = place + length == len(spoken)
        typed = term.text
        explained.update(dict.fromkeys(table.get(key(typed), ())[:EXPLAINED]))
        quoted = any(one.phrase for one in spoken[place : place + length])
        if length == 1 and not quoted:
            if spoken[place].text in STOP_WORDS and key(term.text) not in table:
                place += 1
                continue
            if key(term.text) not in table:
                term = _mended(term, known, healed, is_last=last)
        if last and not quoted:
            term = replace(term, others=(*term.others, Form(typed, begins=True)))
        terms.append(replace(term, weight=_weight(term, known, healed)))
        place += length
    if not terms:
        terms = [replace(term, weight=1.0) for term in text.wanted]
    if len(terms) > MOST_TERMS:
        telling = sorted(terms, key=lambda term: -term.weight)[:MOST_TERMS]
        terms = [term for term in terms if term in telling]
    return replace(text, wanted=tuple(terms), healed=tuple(healed), synonyms=tuple(explained))


def _all_words(spoken: Sequence[Term]) -> set[str]:
    """All words whose knowledge is needed: as typed, joined with the next, in halves."""
    words: set[str] = set()
    lists = [cut(term.text) for term in spoken]
    flat = [word for listed in lists for word in listed]
    words.update(flat)
    words.update(left + right for left, right in zip(flat, flat[1:], strict=False))
    words.update("".join(listed) for listed in lists if 1 < len(listed) <= 3)
    for word in flat:
        if len(word) >= SHORTEST_JOINED:
            for left, right in _halves(word):
                words.update((left, right))
    return words


def _longest(
    spoken: Sequence[Term], place: int, table: Mapping[Key, tuple[str, ...]], known: Known
) -> tuple[Term, int]:
    """The term that begins at ``place``, over as many words as an expression or a compound has."""
    for length in range(min(LONGEST_EXPRESSION, len(spoken) - place), 0, -1):
        run = spoken[place : place + length]
        if length > 1 and any(term.phrase for term in run):
            continue
        words = [word for term in run for word in cut(term.text)]
        others = _others(tuple(map(stem, words)), table)
        spelled = _spelled(words, known)
        if length > 1 and not others and not (length == 2 and known.knows("".join(words))):
            continue
        if length == 2 and not others and set(words) & STOP_WORDS and not _is_compound(words):
            # "to day": only a word that is joined on purpose.
            continue
        forms = (*(Form(word, phrase=" " in word) for word in map(_plain, others)), *spelled)
        text = " ".join(words)
        is_phrase = run[0].phrase or len(words) > 1
        return (
            Term(text, phrase=is_phrase, others=_distinct(forms, text)),
            length,
        )
    raise AssertionError("A run of one word is always a term.")


def _others(said: Key, table: Mapping[Key, tuple[str, ...]]) -> tuple[str, ...]:
    """What else it is called, and what an expression in it is: who runs out of space is out of space."""
    others = table.get(said, ())
    if not others:
        return ()
    inner = (
        said[begin : begin + length]
        for length in range(len(said) - 1, 1, -1)
        for begin in range(len(said) - length + 1)
    )
    return (*others, *(word for part in inner for word in table.get(part, ())))


def _is_compound(words: Sequence[str]) -> bool:
    return len("".join(words)) >= SHORTEST_JOINED


def _spelled(words: Sequence[str], known: Known) -> list[Form]:
    """The same words written in one, or one word written in two."""
    joined = "".join(words)
    if len(words) > 1:
        return [Form(joined)] if known.knows(joined) else []
    if len(joined) < SHORTEST_JOINED:
        return []
    return [
        Form(f"{left} {right}", phrase=True)
        for left, right in _halves(joined)
        if left in known.written and right in known.written
    ][:3]


def _halves(word: str) -> list[tuple[str, str]]:
    places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    return [(word[:place], word[place:]) for place in places]


def _mended(term: Term, known: Known, healed: list[tuple[str, str]], *, is_last: bool) -> Term:
    """A word that nobody has written: the beginning of another, in two words, or mistyped."""
    if " " in term.text:
        return term
    if is_last and not known.knows(term.text) and len(term.text) >= SHORTEST_BEGINNING:
        begun = beginning_with(term.text, COMPLETIONS)
        if begun:
            return replace(term, others=(*term.others, *map(Form, begun)))
    meant = heal(term.text, known)
    if not meant:
        return term
    healed.append((term.text, meant))
    # What was meant leads: it is this that stands in titles.
    return replace(term, text=meant, others=(*term.others, Form(term.text)))


def _weight(term: Term, known: Known, healed: Sequence[tuple[str, str]]) -> float:
    """What hangs on a term: how rare the commonest of its forms is."""
    rarities = [
        max((known.rarity(word) for word in cut(form.text)), default=0.0)
        for form in term.forms
        if not form.begins and all(known.knows(word) for word in cut(form.text))
    ]
    guessed = any(meant == term.text for _typed, meant in healed)
    if not rarities:
        return known.rarity("") * (GUESSED if guessed or term.others else 1.0)
    return min(rarities)


def _distinct(forms: Sequence[Form], text: str) -> tuple[Form, ...]:
    return tuple(form for form in dict.fromkeys(forms) if form.text != text)[:MOST_FORMS]


def _plain(expression: str) -> str:
    return " ".join(cut(expression))
