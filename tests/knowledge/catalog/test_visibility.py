"""The one rule of who may see what: as predicate and as query the same, on any tree."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_for, is_visible, visible
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group, person

pytestmark = pytest.mark.django_db

READERS = ("anonymous", "nobody", "red", "blue", "red and blue", "inactive", "superuser")
KINDS = ("login", "red", "blue", "red or blue", "no group", "password")
TREE_SIZE = 9


class Undo(Exception):
    """Takes an example's changes back; the tree itself is made once."""


@contextmanager
def taken_back() -> Iterator[None]:
    with suppress(Undo), transaction.atomic():
        yield
        raise Undo


@pytest.fixture
def people(home: Page) -> dict[str, object]:
    group("Red")
    blue = group("Blue")
    both = person("Red")
    both.groups.add(blue)
    return {
        "anonymous": AnonymousUser(),
        "nobody": person(),
        "red": person("Red"),
        "blue": person("Blue"),
        "red and blue": both,
        "inactive": person("Red", is_active=False),
        "superuser": person(is_superuser=True),
    }


@pytest.fixture
def tree(home: Page) -> list[Page]:
    """Home, two categories, a section in each, and an artifact on each shelf."""
    pages: list[Page] = [home]
    for _ in range(2):
        category = CategoryFactory(parent=home)
        section = SectionFactory(parent=category)
        pages += [category, section]
        pages += [ArtifactFactory(parent=category), ArtifactFactory(parent=section)]
    assert len(pages) == TREE_SIZE
    return [Page.objects.get(pk=page.pk) for page in pages]


def restrict(page: Page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(
        page=page,
        restriction_type={"login": "login", "password": "password"}.get(kind, "groups"),
        password="shared" if kind == "password" else "",
    )
    names = {"red": ["Red"], "blue": ["Blue"], "red or blue": ["Red", "Blue"]}.get(kind, [])
    restriction.groups.set(Group.objects.filter(name__in=names))


def expected(page: Page, reader: str, rules: dict[int, list[str]], tree: list[Page]) -> bool:
    """The rule in other words: every restriction of the page and of those above must admit."""
    if not page.live:
        return False
    if reader == "superuser":
        return True
    admits = {
        "login": reader in ("nobody", "red", "blue", "red and blue"),
        "red": reader in ("red", "red and blue"),
        "blue": reader in ("blue", "red and blue"),
        "red or blue": reader in ("red", "blue", "red and blue"),
        "no group": False,
        "password": False,
    }
    return all(
        admits[kind]
        for place, kinds in rules.items()
        if page.path.startswith(tree[place].path)
        for kind in kinds
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rules=st.dictionaries(
        st.integers(0, TREE_SIZE - 1),
        st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True),
        max_size=4,
    ),
    drafts=st.sets(st.integers(1, TREE_SIZE - 1), max_size=3),
)
def test_predicate_query_and_rule_agree(people, tree, rules, drafts) -> None:
    with taken_back():
        for place, kinds in rules.items():
            for kind in kinds:
                restrict(tree[place], kind)
        Page.objects.filter(pk__in=[tree[place].pk for place in drafts]).update(live=False)
        pages = list(Page.objects.filter(pk__in=[page.pk for page in tree]))
        for name in READERS:
            access = access_for(people[name])
            shown = set(visible(Page.objects.all(), access).values_list("pk", flat=True))
            for page in pages:
                should = expected(page, name, rules, tree)
                assert is_visible(page, access) == should, (name, page.path, rules)
                assert (page.pk in shown) == should, (name, page.path, rules)


def test_the_same_rule_holds_for_wagtails_own_lists(people, tree) -> None:
    """What we show to everybody Wagtail calls public, too."""
    restrict(tree[2], "red")
    ours = set(visible(Page.objects.all(), access_for(AnonymousUser())).values_list("pk"))
    assert ours == set(Page.objects.live().public().values_list("pk"))


def test_people_with_the_same_rights_share_a_cache_key_and_others_do_not(people, tree) -> None:
    restrict(tree[1], "red")
    keys = {name: access_for(people[name]).key for name in READERS}
    assert keys["anonymous"] == keys["nobody"] == keys["blue"] == keys["inactive"]
    assert keys["red"] == keys["superuser"] != keys["anonymous"]


def test_without_restrictions_one_query_says_so(people, tree, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert access_for(people["red"]) == Access()
    restrict(tree[1], "blue")
    with django_assert_num_queries(2):
        assert access_for(people["red"]).closed_paths == (tree[1].path,)
    with django_assert_num_queries(1):
        assert access_for(people["anonymous"]).closed_paths == (tree[1].path,)


def test_a_right_that_is_taken_away_is_gone_with_the_next_request(home: Page, client) -> None:
    page = ArtifactFactory()
    close(page, group("Red"))
    member = person("Red")
    client.force_login(member)
    assert client.get(page.url).status_code == 200
    member.groups.clear()
    assert client.get(page.url).status_code == 404


def test_artifacts_and_plain_pages_are_filtered_alike(people, tree) -> None:
    restrict(tree[1], "red")
    access = access_for(people["anonymous"])
    shown = set(visible(Artifact.objects.all(), access).values_list("pk", flat=True))
    assert shown == {
        page.pk for page in tree if is_visible(page, access) and hasattr(page.specific, "kind")
    }
