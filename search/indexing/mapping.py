"""How Elasticsearch reads a document: analysers and the closed mapping, in one place.

English is stemmed; the exact form is kept in a subfield and weighs more when both match. The
mapping is strict: a field that is not named here is refused, not guessed. No word is stopped: what
says nothing is left out of the question, and phrases such as "on call" keep their small words.
"""

import hashlib
import json
from typing import Any

from elasticsearch_dsl import (
    Boolean,
    Byte,
    Date,
    DenseVector,
    Index,
    Integer,
    Keyword,
    Mapping,
    Nested,
    Text,
    analyzer,
    char_filter,
    token_filter,
)

# The standard tokenizer keeps node.js and max_wait in one piece; people type them in any way.
joints = char_filter("portal_joints", "mapping", mappings=[". => \\u0020", "_ => \\u0020"])
english = analyzer(
    "portal_english",
    tokenizer="standard",
    char_filter=[joints],
    filter=[
        token_filter("portal_possessive", "stemmer", language="possessive_english"),
        "lowercase",
        "asciifolding",
        token_filter("portal_stem", "stemmer", language="english"),
    ],
)
exact = analyzer(
    "portal_exact",
    tokenizer="standard",
    char_filter=[joints],
    filter=["lowercase", "asciifolding"],
)
# Beginnings of words, for what is found while somebody types; the query itself is not cut.
beginnings = analyzer(
    "portal_beginnings",
    tokenizer="standard",
    char_filter=[joints],
    filter=[
        "lowercase",
        "asciifolding",
        token_filter("portal_edges", "edge_ngram", min_gram=1, max_gram=20),
    ],
)

FACETS = ("kind", "category", "industry", "tag", "tool", "audience", "region")
# Of all-MiniLM-L6-v2 (search.meaning.encoder).
DIMENSIONS = 384
SCALES = ("maturity", "risk", "scale", "effort")


def mapping() -> Mapping:
    # What is in one of these is in ``all``: there an artifact passes or fails by one look.
    text = {"analyzer": english, "copy_to": "all", "fields": {"exact": Text(analyzer=exact)}}
    built = Mapping()
    built.meta("dynamic", "strict")
    built.field("id", Integer())
    for name in ("path", "ancestors", "title_key", "digest", *FACETS, *SCALES):
        built.field(name, Keyword())
    # Levels are digits in the address; sorting wants them as a number.
    built.field("maturity", Keyword(fields={"level": Byte()}))
    built.field("url", Keyword(index=False, doc_values=False))
    begins = Text(analyzer=beginnings, search_analyzer=exact)
    title = {**text, "fields": {"exact": Text(analyzer=exact), "begins": begins}}
    built.field("title", Text(**title))
    for name in ("bottom_line", "headings", "terms", "body"):
        built.field(name, Text(**text))
    built.field("spellings", Text(analyzer=english, copy_to="all"))
    built.field("all", Text(analyzer=english, norms=False))
    built.field("passages", _passages())
    for name in ("last_reviewed", "next_review"):
        built.field(name, Date(format="strict_date"))
    for name in ("first_published_at", "last_published_at"):
        built.field(name, Date(format="strict_date_time||strict_date_optional_time"))
    for name in ("superseded", "archived"):
        built.field(name, Boolean())
    built.field("revision_id", Integer())
    return built


def _passages() -> Nested:
    """Pieces of the body with what they mean; found by a vector, each artifact by its best piece."""
    vector = DenseVector(
        dims=DIMENSIONS, similarity="cosine", index=True, index_options={"type": "int8_hnsw"}
    )
    place = {"start": Integer(index=False), "end": Integer(index=False)}
    return Nested(dynamic="strict", properties={**place, "vector": vector})


def settings() -> dict[str, Any]:
    return {
        "number_of_shards": 1,  # some thousand documents: more shards only cost
        "number_of_replicas": 0,
        "auto_expand_replicas": "0-1",
        # Deletions are remembered for so long that a late, older write cannot undo them.
        "gc_deletes": "1h",
        "refresh_interval": "1s",
        "max_terms_count": 65_536,
    }


def template() -> dict[str, Any]:
    """Mappings, settings and analysis for an index template; ``_meta.shape`` tells one from another."""
    index = Index("_")
    index.settings(**settings())
    index.mapping(mapping())
    built: dict[str, Any] = index.to_dict()
    built["mappings"]["_source"] = {"excludes": ["passages.vector"]}
    built["mappings"]["_meta"] = {"shape": _shape(built)}
    return built


def shape() -> str:
    """Differs between two versions of the portal whose documents do not fit the other's index."""
    return str(template()["mappings"]["_meta"]["shape"])


def _shape(built: dict[str, Any]) -> str:
    text = json.dumps(built, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
