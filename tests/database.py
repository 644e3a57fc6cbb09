"""For tests that write to the database for real, outside the transaction of one test."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from wagtail.models import Site


@contextmanager
def left_as_found() -> Iterator[None]:
    """Afterwards the tables hold the rows of before: locale, root page, site, rights.

    Emptying the tables alone, as Django does after a transactional test, would leave all later
    tests of the process without the rows of the migrations. The rows are copied by PostgreSQL, so
    that no signal makes others meanwhile. Not for use in a transaction.
    """
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [connection.ops.quote_name(name) for name in names]
    filled = [table for table in tables if _has_rows(table)]
    forget_copy = "DROP SCHEMA IF EXISTS found CASCADE"
    _run([forget_copy, "CREATE SCHEMA found"])
    _run(f"CREATE TABLE found.{table} AS TABLE {table}" for table in filled)
    try:
        yield
    finally:
        _run([f"TRUNCATE {', '.join(tables)}"])
        _run(f"INSERT INTO {table} SELECT * FROM found.{table}" for table in filled)
        _run([forget_copy])
        # What these remember is gone.
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
        cache.clear()


@transaction.atomic  # the order of tables does not matter: foreign keys are looked at in the end
def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
        return cursor.fetchone()[0]
