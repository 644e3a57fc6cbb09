"""A hundred thousand made-up artifacts whose words are as unequal as those of a language.

Word number ``n`` is used 1/n as often as the first (Zipf). Pages are copies of one real page, made by
the database; what search knows of them is made by the portal's own functions.
"""

import itertools
import random
from collections.abc import Iterator

from django.db import connection, transaction
from wagtail.models import Page

from knowledge.catalog.kinds import Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import GuidePage, Industry, Tag, Tool
from search.indexing import documents, entries
from search.language import words
from search.models import OutboxRow, SearchEntry
from tests.factories import ArtifactFactory, CategoryFactory, IndustryFactory, ToolFactory, home

VOCABULARY = 20_000
BODY_WORDS = 120
BATCH = 2_000
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Columns of a copy that are not those of the page it was copied from.
OWN = {
    "wagtailcore_page": {
        "id": "made.id",
        "path": "made.path",
        "title": "made.title",
        "draft_title": "made.title",
        "slug": "made.slug",
        "url_path": "made.url_path",
        "translation_key": "gen_random_uuid()",
        "latest_revision_id": "NULL",
        "live_revision_id": "NULL",
    },
    "catalog_artifact": {"page_ptr_id": "made.id", "maturity": "made.maturity"},
    "catalog_guidepage": {"artifact_ptr_id": "made.id"},
}


def vocabulary() -> list[str]:
    """Made-up words that can be spoken, the most frequent first."""
    dice = random.Random(1)
    syllables = [a + b for a, b in itertools.product("bcdfghklmnprstvw", "aeiou")]
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(dice.choices(syllables, k=dice.choice((2, 3, 3, 4))))] = None
    return list(found)


class Writer:
    """Draws words as a language would."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = vocabulary()
        self.weights = list(itertools.accumulate(1 / n for n in range(1, VOCABULARY + 1)))

    def text(self, length: int) -> str:
        return " ".join(self.dice.choices(self.words, cum_weights=self.weights, k=length))


def build(size: int) -> None:
    """Create ``size`` live guides with all that search keeps of them. About a millisecond each."""
    home()
    shelf = CategoryFactory(title="Shelf", slug="shelf")
    industries = [IndustryFactory() for _ in range(12)]
    tools = [ToolFactory() for _ in range(30)]
    tags = [Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}") for n in range(60)]
    pattern = ArtifactFactory(parent=shelf, title="Pattern", slug="pattern")
    writer = Writer(2)
    first = pattern.pk + 1
    for numbers in _batches(first, size):
        with transaction.atomic():
            titles = {number: writer.text(5).capitalize() for number in numbers}
            _copy(pattern, shelf, titles, writer.dice)
            made = [
                _entry(pk, title, writer, industries, tools, tags) for pk, title in titles.items()
            ]
            entries.write(made, known=set())
    Page.objects.filter(pk=shelf.pk).update(numchild=size + 1)
    OutboxRow.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)", [first + size]
        )
        cursor.execute("ANALYZE")


def _batches(first: int, size: int) -> Iterator[list[int]]:
    for start in range(first, first + size, BATCH):
        yield list(range(start, min(start + BATCH, first + size)))


def _copy(pattern: GuidePage, shelf: Page, titles: dict[int, str], dice: random.Random) -> None:
    rows = [
        (pk, shelf.path + _step(pk), title, f"made-{pk}", f"{shelf.url_path}made-{pk}/", level)
        for pk, title in titles.items()
        for level in [dice.choice(Maturity.values)]
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS made"
            " (id bigint, path text, title text, slug text, url_path text, maturity int)"
        )
        cursor.execute("TRUNCATE made")
        with cursor.copy("COPY made FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        for table, own in OWN.items():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
                [table],
            )
            columns = [name for (name,) in cursor.fetchall()]
            key = columns[0]
            taken = ", ".join(own.get(name, f'pattern."{name}"') for name in columns)
            named = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(
                f"INSERT INTO {table} ({named}) SELECT {taken}"
                f" FROM {table} pattern, made WHERE pattern.{key} = %s",
                [pattern.pk],
            )


def _step(number: int) -> str:
    digits = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def _entry(
    pk: int,
    title: str,
    writer: Writer,
    industries: list[Industry],
    tools: list[Tool],
    tags: list[Tag],
) -> SearchEntry:
    dice = writer.dice
    terms = {
        "industry": [(one.slug, one.name) for one in dice.sample(industries, 2)],
        "tool": [(one.slug, one.name) for one in dice.sample(tools, 2)],
        "tag": [(one.slug, one.name) for one in dice.sample(tags, 3)],
        "audience": [],
        "region": [],
    }
    codes = [f"{field}:{slug}" for field, chosen in terms.items() for slug, _name in chosen]
    codes += ["kind:guide", f"maturity:{dice.choice(Maturity.values)}"]
    codes += [f"risk:{dice.choice(RiskTolerance.values)}", f"scale:{dice.choice(TeamScale.values)}"]
    body, line, names = writer.text(BODY_WORDS), writer.text(14), documents.names_of("guide", terms)
    entry = SearchEntry(
        page_id=pk,
        title=title,
        title_key=documents.title_key(title),
        bottom_line=line,
        headings="\n".join(writer.text(3) for _ in range(3)),
        terms=names,
        body=body,
        spellings=words.spellings(title, [line, names, body]),
        sections=[["overview", "", 0]],
        codes=" ".join(codes),
    )
    entry.digest = documents.digest_of(entry)
    return entry
