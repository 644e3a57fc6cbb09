"""For tests that write to the database for real, outside the transaction of one test."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from wagtail.models import Site

# Copies of the tables lie in schemas of this name.
FOUND, BARE = "found", "bare"


@contextmanager
def left_as_found(*, bare: bool = False) -> Iterator[None]:
    """Afterwards the tables hold the rows of before: locale, home page, site, rights.

    Emptying the tables alone, as Django does after a transactional test, would leave all later
    tests of the process without the rows of the migrations. The rows are copied by PostgreSQL, so
    that no signal makes others meanwhile. Not for use in a transaction.

    Args:
        bare: begin with what the migrations made, without a home page.
    """
    _copy_to(FOUND)
    try:
        if bare:
            make_bare()
        yield
    finally:
        _bring_back(FOUND)
        _run([f"DROP SCHEMA {FOUND} CASCADE"])


def start_with(make: Callable[[], object]) -> None:
    """What ``make`` writes is there in every test, and ``make_bare`` takes it away."""
    if _copied(BARE):  # a database that was kept
        make_bare()
    else:
        _copy_to(BARE)
    make()


def make_bare() -> None:
    """Bring the rows back that the migrations made, and no others."""
    _bring_back(BARE)


def _copy_to(schema: str) -> None:
    _run([f"DROP SCHEMA IF EXISTS {schema} CASCADE", f"CREATE SCHEMA {schema}"])
    filled = [table for table in _tables() if _has_rows(table)]
    _run(f"CREATE TABLE {schema}.{table} AS TABLE public.{table}" for table in filled)


def _bring_back(schema: str) -> None:
    _run(
        [
            f"TRUNCATE {', '.join(_tables())}",
            *(
                f"INSERT INTO public.{table} SELECT * FROM {schema}.{table}"
                for table in _copied(schema)
            ),
        ]
    )
    # What these remember is gone.
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache.clear()


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in names]


def _copied(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]


@transaction.atomic  # the order of tables does not matter: foreign keys are looked at in the end
def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
        return cursor.fetchone()[0]
