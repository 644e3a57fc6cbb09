"""Dated indices behind a read alias and a write alias.

``<prefix>_content_<time>``; readers ask ``<prefix>_content_read``; writers send every change to
all indices of ``<prefix>_content_write``: one usually, two while a rebuild is running.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from search.indexing import mapping


@dataclass(frozen=True, slots=True)
class Names:
    base: str

    @property
    def read(self) -> str:
        return f"{self.base}_read"

    @property
    def write(self) -> str:
        return f"{self.base}_write"

    @property
    def indices(self) -> str:
        """Matches the dated indices, and neither alias."""
        return f"{self.base}_2*"

    def dated(self, now: datetime) -> str:
        # The tail keeps two of the same second apart.
        return f"{self.base}_{now:%Y%m%d%H%M%S}_{secrets.token_hex(3)}"


def names() -> Names:
    return Names(f"{settings.SEARCH_INDEX_PREFIX}_content")


def behind(client: Elasticsearch, alias: str) -> list[str]:
    """The indices behind an alias; none when it does not exist."""
    try:
        return sorted(client.indices.get_alias(name=alias).body)
    except NotFoundError:
        return []


def fits(client: Elasticsearch, alias: str) -> bool:
    """Whether an index behind the alias has the mapping of this version of the portal."""
    try:
        found = client.indices.get_mapping(index=alias).body
    except NotFoundError:
        return False
    shapes = [one["mappings"].get("_meta", {}).get("shape") for one in found.values()]
    return mapping.shape() in shapes


def all_indices(client: Elasticsearch) -> list[str]:
    return sorted(client.indices.get(index=names().indices, expand_wildcards="open,closed").body)


def create(client: Elasticsearch) -> str:
    """A new, empty index with the mapping, behind no alias yet."""
    ours = names()
    built = mapping.template()
    # A write to an index that was deleted meanwhile must fail and not make one by guessing.
    client.indices.put_index_template(
        name=ours.base, index_patterns=[ours.indices], template=built, allow_auto_create=False
    )
    index = ours.dated(datetime.now(UTC))
    client.indices.create(index=index)
    return index


def add_writer(client: Elasticsearch, index: str) -> None:
    """From now on changes go to ``index`` as well."""
    _change(client, [{"add": {"index": index, "alias": names().write}}])


def switch(client: Elasticsearch, index: str) -> list[str]:
    """Let ``index`` be the only one behind both aliases, in one step; returns those replaced."""
    ours = names()
    readers, writers = behind(client, ours.read), behind(client, ours.write)
    actions: list[dict] = [
        {"add": {"index": index, "alias": ours.read}},
        {"add": {"index": index, "alias": ours.write}},
    ]
    actions += [{"remove": {"index": old, "alias": ours.read}} for old in readers if old != index]
    actions += [{"remove": {"index": old, "alias": ours.write}} for old in writers if old != index]
    _change(client, actions)
    return sorted({*readers, *writers} - {index})


def discard(client: Elasticsearch, indices: list[str]) -> None:
    for index in indices:
        client.indices.delete(index=index, ignore_unavailable=True)


def _change(client: Elasticsearch, actions: list[dict]) -> None:
    client.indices.update_aliases(actions=actions)
