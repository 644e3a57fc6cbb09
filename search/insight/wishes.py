"""What readers say is missing. The report “What to write next” counts it."""

from collections import Counter

from search.insight.models import Wish
from search.insight.recording.masking import masked


def make(*, words: str, details: str) -> Wish:
    """Keep what a reader misses; of the words what could name a person or open a door is left out."""
    return Wish.objects.create(text=masked(words), details=details.strip())


def open_by_words() -> Counter[str]:
    """How often each is still wished for, by its words. One query."""
    return Counter(Wish.objects.filter(is_done=False).values_list("text", flat=True))
