"""The library that is searched: the demo and the corpora, loaded once and kept for the next run.

What was loaded and indexed is remembered by digests beside the database, so that a run after a
change of the content loads it anew, and one after a change of the indexing only indexes it anew.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from wagtail.models import Site

from knowledge.catalog.models import Artifact
from knowledge.exchange.demo import loader
from knowledge.exchange.imports import run as importing
from knowledge.exchange.management.quiet import quiet
from knowledge.exchange.models import SourceRecord
from search.indexing import computing, reconciling

CORPORA = settings.BASE_DIR.parent / "shared" / "corpora"
# Where the demo has room for each folder.
PLACES = {
    "code-with-engineering-playbook": "product/engineering-playbook",
    "gds-way": "product/gds-way",
    "prometheus-runbooks": "operations/prometheus-runbooks",
}
FOLDER = settings.VAR_DIR / "search-quality"
# What the content and the index are made from; a change of other code asks for nothing.
_CONTENT = ("fixtures", "knowledge/exchange/imports", "knowledge/exchange/demo")
_INDEXING = (
    *("search/indexing", "search/models.py", "search/migrations", "search/engines/schema.py"),
    *("search/language/words.py", "search/meaning/passages.py"),
)


@dataclass
class _Kept:
    """What the database and the index hold."""

    content: str = ""
    indexing: str = ""
    vectors: bool = False
    corpora: list[str] = field(default_factory=list)


def has_corpora() -> bool:
    return all((CORPORA / folder).is_dir() for folder in PLACES)


def prepare(*, fresh: bool, vectors: bool, tell: Callable[[str], None]) -> None:
    """Afterwards the database holds the library, and so does the index when there is one."""
    kept = _read()
    content, indexing = _digest([*_CONTENT, *_corpora()]), _digest(_INDEXING)
    if fresh or kept.content != content:
        tell("Loading the demo and the corpora; the next run keeps them.")
        _forget()
        _load(tell)
        kept = _Kept(content=content, corpora=sorted(PLACES) if has_corpora() else [])
    else:
        call_command("migrate", verbosity=0)
    if kept.indexing != indexing or (vectors and not kept.vectors):
        tell("Indexing.")
        with with_vectors(vectors):
            if vectors:
                tell("Computing what the passages mean: some minutes the first time.")
                reconciling.repair_entries()  # before their passages are cut
                computing.compute()
            call_command("rebuild_index", verbosity=0, stdout=_Nowhere())
        kept.indexing, kept.vectors = indexing, vectors
    _state().write_text(json.dumps(asdict(kept), indent=2))
    cache.clear()


def with_vectors(enabled: bool) -> override_settings:
    """Search by meaning on or off; a portal that knows no vectors stays as it is."""
    return override_settings(**({"SEARCH_VECTORS_ENABLED": enabled} if knows_vectors() else {}))


def knows_vectors() -> bool:
    return hasattr(settings, "SEARCH_VECTORS_ENABLED")


def names() -> dict[str, int]:
    """Ids of the artifacts, by the names that the judgements use."""
    root = Site.get_site_root_paths()[0].root_path
    found = Artifact.objects.filter(live=True)
    by_address = {
        path.removeprefix(root).strip("/"): pk for path, pk in found.values_list("url_path", "pk")
    }
    of_files = SourceRecord.objects.filter(collection__in=PLACES, page__in=found)
    by_file = {f"{row.collection}/{row.ref}": row.page_id for row in of_files}
    return by_address | by_file


def _load(tell: Callable[[str], None]) -> None:
    call_command("migrate", verbosity=0)
    with override_settings(SEARCH_ELASTICSEARCH_URL=""):  # the rebuild sends all at once
        call_command("load_synonyms", verbosity=0)
        call_command("load_demo", password="a-password-to-measure", verbosity=0, stdout=_Nowhere())
        if not has_corpora():
            tell("There are no corpora beside this checkout: only the demo is searched.")
            return
        by = get_user_model().objects.get(username=loader.ACTOR)
        for folder, under in PLACES.items():
            options = importing.Options(CORPORA / folder, under, by, collection=folder)
            with quiet(0):
                report = importing.run(options)
            counts = ", ".join(f"{count} {name}" for name, count in report.counts().items())
            tell(f"{folder}: {counts}")


def _forget() -> None:
    """An empty database. Whoever is connected to the old one is sent away."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for path in FOLDER.glob(f"{Path(connection.settings_dict['NAME']).name}*"):
            path.unlink()
        return
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")


def _state() -> Path:
    return FOLDER / f"{settings.SEARCH_INDEX_PREFIX}-{connection.vendor}.json"


def _read() -> _Kept:
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        return _Kept(**json.loads(_state().read_text()))
    except (OSError, ValueError, TypeError):
        return _Kept()


def _corpora() -> list[str]:
    return [str(CORPORA / folder) for folder in PLACES] if has_corpora() else []


def _digest(paths: Iterable[str]) -> str:
    """Of all files below ``paths``, without what Python keeps beside them."""
    digest = hashlib.sha256()
    for path in paths:
        place = settings.BASE_DIR / path
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(place)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class _Nowhere:
    def write(self, _text: str) -> None:
        """Commands report to people; here is nobody."""
