"""Counts agree with a naive count, whatever is ticked, on both engines."""

import random
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalog import models
from knowledge.catalog.kinds import RiskTolerance, TeamScale, effort_band
from search.querying.errors import BadFilter
from search.querying.facets import FIELDS
from tests.search.helpers import artifact, counts, find, shelf, titles

pytestmark = pytest.mark.django_db

KINDS = [models.GuidePage, models.RunbookPage, models.ArticlePage]


@pytest.fixture
def library(ready):
    """Forty artifacts of all sorts, from a fixed seed."""
    dice = random.Random(7)
    today = timezone.localdate()

    def some(model, names, **extra):
        return [model.objects.create(name=name, slug=name.lower(), **extra) for name in names]

    industries = some(models.Industry, ["Software", "Cloud", "Data"])
    tools = some(models.Tool, ["Zapier", "N8n"])
    audiences = some(models.Audience, ["Lead", "Maker"])
    regions = some(models.Region, ["EU", "US"])
    shelves = [shelf("Operations"), shelf("Product")]
    made = []
    for number in range(40):
        reviewed = dice.choice([None, today - timedelta(days=20)])
        made.append(
            artifact(
                f"{dice.choice(['Plan', 'Review', 'Plan and review'])} {number}",
                model=dice.choice(KINDS),
                parent=dice.choice(shelves),
                industries=dice.sample(industries, dice.randint(0, 3)),
                tools=dice.sample(tools, dice.randint(0, 2)),
                audiences=dice.sample(audiences, dice.randint(0, 1)),
                regions=dice.sample(regions, dice.randint(0, 1)),
                tags=dice.sample([f"Tag {n}" for n in range(15)], dice.randint(0, 4)),
                maturity=dice.choice([None, 1, 3, 5]),
                risk_tolerance=dice.choice(["", *RiskTolerance.values]),
                team_scale=dice.choice(["", *TeamScale.values]),
                effort_minutes=dice.choice([None, 10, 30, 100, 600, 9000]),
                last_reviewed=reviewed,
                next_review=reviewed and today + timedelta(days=dice.choice([-90, -30, 0, 1, 90])),
                superseded_by=dice.choice(made) if made and dice.random() < 0.1 else None,
                archived_at=timezone.now() if dice.random() < 0.1 else None,
            )
        )
    ready()
    return [values_of(page) for page in made]


def values_of(page) -> dict:
    """What a person would say an artifact is filed under, straight from its fields."""
    band = effort_band(page.effort_minutes)
    return {
        "id": page.pk,
        "title": page.title,
        "kind": {page.kind},
        "category": {page.get_parent().slug},
        "industry": {term.slug for term in page.industries.all()},
        "maturity": {str(page.maturity)} if page.maturity else set(),
        "trust": {page.trust.value},
        "tag": {tag.slug for tag in page.tags.all()},
        "tool": {term.slug for term in page.tools.all()},
        "audience": {term.slug for term in page.audiences.all()},
        "effort": {band.value} if band else set(),
        "risk": {page.risk_tolerance} - {""},
        "scale": {page.team_scale} - {""},
        "region": {term.slug for term in page.regions.all()},
    }


def passes(row: dict, filters: dict, but: str = "") -> bool:
    return all(row[name] & values for name, values in filters.items() if name != but)


def expected(rows: list[dict], filters: dict) -> tuple[int, dict]:
    facets: dict = {}
    for name in FIELDS:
        facets[name] = {}
        for row in rows:
            if passes(row, filters, but=name):
                for value in row[name]:
                    facets[name][value] = facets[name].get(value, 0) + 1
    return sum(passes(row, filters) for row in rows), facets


def test_counts_equal_a_naive_count(library):
    known = {name: sorted({v for row in library for v in row[name]}) for name in FIELDS}
    choices = st.dictionaries(
        st.sampled_from(sorted(name for name in FIELDS if known[name])), st.just(None), max_size=3
    ).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: st.sets(st.sampled_from(known[name]), min_size=1, max_size=3) for name in chosen}
        )
    )

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(filters=choices, word=st.sampled_from(["", "plan", "review"]))
    def check(filters, word):
        rows = [row for row in library if word in row["title"].lower()]
        total, facets = expected(rows, filters)
        pairs = [(name, value) for name, values in filters.items() for value in values]
        result = find(urlencode([("q", word), *pairs]))
        assert result.count == total
        assert {name: counts(result, name) for name in FIELDS} == facets

    check()


def test_all_values_are_reachable(ready):
    artifact("Many", tags=[f"Tag {n}" for n in range(30)])
    ready()
    assert len(counts(find(), "tag")) == 30


def test_a_ticked_value_stays_although_nothing_has_it(ready):
    artifact("Plain", maturity=1)
    models.Industry.objects.create(name="Cloud", slug="cloud")
    ready()
    result = find("industry=cloud&maturity=1")
    facet = next(facet for facet in result.facets if facet.field == "industry")
    assert [(option.label, option.count, option.selected) for option in facet.options] == [
        ("Cloud", 0, True)
    ]


def test_scales_keep_their_order_and_terms_go_by_number(ready):
    artifact("A", maturity=5, tags=["Rare", "Common"])
    artifact("B", maturity=1, tags=["Common"])
    ready()
    result = find()
    facets = {facet.field: [option.label for option in facet.options] for facet in result.facets}
    assert facets["maturity"] == ["Initial", "Optimizing"]
    assert facets["tag"] == ["Common", "Rare"]


def test_a_merged_tag_filters_by_the_one_it_went_into(ready):
    page = artifact("A", tags=["Automation"])
    kept = page.tags.first()
    models.Tag.objects.create(name="Automations", slug="automations", merged_into=kept)
    ready()
    assert titles("tag=automations") == ["A"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=novel", "kind"),
        ("maturity=9", "maturity"),
        ("maturity=%00", "maturity"),
        ("industry=nowhere", "industry"),
        ("industry=%00", "industry"),
        ("tag=" + "x" * 500, "tag"),
        ("category=nowhere", "category"),
        ("trust=blind", "trust"),
    ],
)
def test_an_unknown_value_is_named(query, field):
    with pytest.raises(BadFilter) as caught:
        find(query)
    assert caught.value.field == field


def test_unknown_names_and_empty_values_filter_nothing(ready):
    artifact("A")
    ready()
    assert titles("colour=red&kind=&tag=") == ["A"]
