"""The full-text index of the database, which Django's models cannot express.

SQLite: an FTS5 table over the columns of ``SearchEntry``, kept by triggers. PostgreSQL: a generated
``tsvector`` with a GIN index, made by a text search configuration of its own: PostgreSQL's English
one forgets "on" and "off", and on-call would be found as call. Both follow every write of an entry by themselves, in its transaction.
``install`` may be called again; a migration that alters the table on SQLite must do so.
"""

from typing import Any

TABLE = "search_searchentry"
FTS = "search_entry_fts"
CONFIGURATION = "portal_english"
COLUMNS = ("title", "bottom_line", "headings", "terms", "body", "spellings")

_LIST = ", ".join(COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_FORGET = f"INSERT INTO {FTS}({FTS}, rowid, {_LIST}) VALUES ('delete', old.page_id, {_OLD});"  # noqa: S608 - constants
_ADD = f"INSERT INTO {FTS}(rowid, {_LIST}) VALUES (new.page_id, {_NEW});"  # noqa: S608 - constants

_SQLITE_DROP = [
    *(f"DROP TRIGGER IF EXISTS {FTS}_{event}" for event in ("insert", "update", "delete")),
    f"DROP TABLE IF EXISTS {FTS}",
]
_SQLITE = [
    *_SQLITE_DROP,
    f"CREATE VIRTUAL TABLE {FTS} USING fts5({_LIST}, content='{TABLE}', content_rowid='page_id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER {FTS}_insert AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {FTS}_update AFTER UPDATE ON {TABLE} BEGIN {_FORGET} {_ADD} END",
    f"CREATE TRIGGER {FTS}_delete AFTER DELETE ON {TABLE} BEGIN {_FORGET} END",
    f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')",  # noqa: S608 - constants
]

_WEIGHTS = (
    ("A", ("title",)),
    ("B", ("bottom_line", "headings")),
    ("C", ("terms",)),
    ("D", ("body", "spellings")),
)
_VECTOR = " || ".join(
    # PostgreSQL would keep ci/cd, node.js and max_wait in one piece, as paths and hosts.
    f"setweight(to_tsvector('{CONFIGURATION}', translate({name}, '-/_.', '    ')), '{weight}')"
    for weight, names in _WEIGHTS
    for name in names
)
_POSTGRESQL_DROP = [
    f"DROP INDEX IF EXISTS {TABLE}_vector",
    f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS vector",
    f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}",
    f"DROP TEXT SEARCH DICTIONARY IF EXISTS {CONFIGURATION}_stem",
]
_POSTGRESQL = [
    *_POSTGRESQL_DROP,
    f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION}_stem (TEMPLATE = snowball, LANGUAGE = english)",
    f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = english)",
    f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}"
    f" ALTER MAPPING REPLACE english_stem WITH {CONFIGURATION}_stem",
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin(vector)",
]


def install(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    _run(schema_editor, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL})


def uninstall(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP})


def _run(schema_editor: Any, by_vendor: dict[str, list[str]]) -> None:
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
