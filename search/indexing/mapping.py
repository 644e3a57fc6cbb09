"""How Elasticsearch reads a document: analysers and the closed mapping, in one place.

English is stemmed; the exact form is kept in a subfield and weighs more when both match. The
mapping is strict: a field that is not named here is refused, not guessed.
"""

from typing import Any

from elasticsearch_dsl import (
    Boolean,
    Byte,
    Date,
    Index,
    Integer,
    Keyword,
    Mapping,
    Text,
    analyzer,
    token_filter,
)

english = analyzer(
    "portal_english",
    tokenizer="standard",
    filter=[
        token_filter("portal_possessive", "stemmer", language="possessive_english"),
        "lowercase",
        "asciifolding",
        token_filter("portal_stop", "stop", stopwords="_english_"),
        token_filter("portal_stem", "stemmer", language="english"),
    ],
)
exact = analyzer("portal_exact", tokenizer="standard", filter=["lowercase", "asciifolding"])
# Beginnings of words, for what is found while somebody types; the query itself is not cut.
beginnings = analyzer(
    "portal_beginnings",
    tokenizer="standard",
    filter=[
        "lowercase",
        "asciifolding",
        token_filter("portal_edges", "edge_ngram", min_gram=1, max_gram=20),
    ],
)

FACETS = ("kind", "category", "industry", "tag", "tool", "audience", "region")
SCALES = ("maturity", "risk", "scale", "effort")


def mapping() -> Mapping:
    text = {"analyzer": english, "fields": {"exact": Text(analyzer=exact)}}
    built = Mapping()
    built.meta("dynamic", "strict")
    built.field("id", Integer())
    for name in ("path", "ancestors", "title_key", "digest", *FACETS, *SCALES):
        built.field(name, Keyword())
    # Levels are digits in the address; sorting wants them as a number.
    built.field("maturity", Keyword(fields={"level": Byte()}))
    built.field("url", Keyword(index=False, doc_values=False))
    begins = Text(analyzer=beginnings, search_analyzer=exact)
    built.field(
        "title", Text(analyzer=english, fields={"exact": Text(analyzer=exact), "begins": begins})
    )
    for name in ("bottom_line", "headings", "terms"):
        built.field(name, Text(**text))
    # Highlights come from the offsets, without reading a long text once more.
    built.field("body", Text(**text, index_options="offsets"))
    for name in ("last_reviewed", "next_review"):
        built.field(name, Date(format="strict_date"))
    for name in ("first_published_at", "last_published_at"):
        built.field(name, Date(format="strict_date_time||strict_date_optional_time"))
    for name in ("superseded", "archived"):
        built.field(name, Boolean())
    built.field("revision_id", Integer())
    return built


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
    """Mappings, settings and analysis for an index template."""
    index = Index("_")
    index.settings(**settings())
    index.mapping(mapping())
    return index.to_dict()
