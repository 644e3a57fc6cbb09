"""``make search-quality``: asks the judged queries and prints how well they were answered.

Without services it measures the database engine on SQLite, as the embedded mode runs; with them
(``deploy/services.sh run``) Elasticsearch, and the database engine on PostgreSQL.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ENGINES = ("elasticsearch", "database")


def main() -> None:
    arguments = _arguments()
    _environment(arguments)
    import django

    django.setup()
    runs = _runs(arguments)
    from tests.search_quality import report

    print_ = sys.stdout.write
    print_(f"\n{report.tables(runs)}\n")
    if arguments.misses:
        for run in runs:
            print_(f"\n{report.misses(run)}\n")
    if arguments.json:
        arguments.json.write_text(report.as_json(runs), encoding="utf-8")
    if arguments.write:
        report.write(runs, _facts(arguments, len(runs[0].asked)))
    degraded = sum(one.degraded for run in runs for one in run.asked)
    if degraded:
        sys.exit(f"{degraded} answers came from the stand-in: these figures are not the engine's.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make search-quality")
    parser.add_argument("--engine", choices=ENGINES, help="only this one")
    parser.add_argument(
        "--sqlite", action="store_true", help="the embedded mode, although there are services"
    )
    parser.add_argument("--vectors", choices=("on", "off", "both"), default="both")
    parser.add_argument(
        "--split",
        choices=("tune", "held", "all"),
        help="which queries: those to tune with (default) or those that judge (with --write)",
    )
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every answer to a file")
    parser.add_argument("--write", action="store_true", help="write docs/search-quality.md")
    parser.add_argument("--fresh", action="store_true", help="load and index everything anew")
    parser.add_argument(
        "--name", default="quality", help="of database and index, for runs side by side"
    )
    arguments = parser.parse_args()
    arguments.split = arguments.split or ("held" if arguments.write else "tune")
    return arguments


def _environment(arguments: argparse.Namespace) -> None:
    """Before Django looks at it: a database of our own."""
    root = Path(__file__).resolve().parents[2]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.search_quality.settings"
    os.environ["SEARCH_QUALITY_NAME"] = arguments.name
    services = os.environ.get("DATABASE_URL", "").startswith("postgres")
    if services and not arguments.sqlite:
        os.environ["DATABASE_URL"] = (
            f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/portal_{arguments.name}"
        )
        return
    folder = Path(os.environ.get("PORTAL_VAR_DIR", root / ".var")) / "search-quality"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/{arguments.name}.sqlite3"
    for name in ("ELASTICSEARCH_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)


def _runs(arguments: argparse.Namespace) -> list:  # type: ignore[type-arg]
    from tests.search_quality import judged, library
    from tests.search_quality.asking import ask_all

    plan = list(_plan(arguments))
    library.prepare(
        fresh=arguments.fresh, vectors=any(vectors for _name, _url, vectors in plan), tell=_tell
    )
    names = library.names()
    queries = judged.load()
    if library.has_corpora():
        unknown = {name for query in queries for name in query.grades} - set(names)
        if unknown:
            sys.exit(f"Judged, but not in the library: {', '.join(sorted(unknown))}")
    queries = [
        query
        for query in (one.among(set(names)) for one in queries)
        if (query.kind == judged.NOTHING or query.is_answerable)
        and arguments.split in (query.split, "all")
    ]
    runs = []
    for engine, url, vectors in plan:
        with _override(SEARCH_ELASTICSEARCH_URL=url), library.with_vectors(vectors):
            runs.append(ask_all(queries, names, engine=engine, vectors=vectors))
    return runs


def _plan(arguments: argparse.Namespace) -> Iterator[tuple[str, str, bool]]:
    """What to measure: the name for people, the address of Elasticsearch, and whether by meaning."""
    from django.conf import settings
    from django.db import connection

    from tests.search_quality.library import knows_vectors

    url = settings.SEARCH_ELASTICSEARCH_URL
    if arguments.engine == "elasticsearch" and not url:
        sys.exit(
            "There is no Elasticsearch: start it with “make up”, or use “make search-quality”."
        )
    if url and arguments.engine != "database":
        if arguments.vectors != "on" or not knows_vectors():
            yield "Elasticsearch", url, False
        if arguments.vectors != "off" and knows_vectors():
            yield "Elasticsearch", url, True
    if arguments.engine != "elasticsearch":
        name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
        yield f"Database engine on {name}", "", False


def _override(**values: object):  # type: ignore[no-untyped-def]
    from django.test import override_settings

    return override_settings(**values)


def _tell(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _facts(arguments: argparse.Namespace, count: int) -> str:
    from tests.search_quality import library

    over = "the demo and the corpora" if library.has_corpora() else "the demo alone"
    return (
        f"Measured {date.today().isoformat()} by `make search-quality` over {over}: the {count} "
        f"queries of the half “{arguments.split}”."
    )


if __name__ == "__main__":
    main()
