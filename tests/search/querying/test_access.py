"""What a person may not see does not exist for that person: through no door, on either engine."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for
from search.models import BestBet
from search.querying import counting, service
from search.querying.errors import BadFilter
from search.querying.facets import FIELDS
from tests.factories import close, group, person
from tests.search.helpers import artifact, counts, find, section, shelf

pytestmark = pytest.mark.django_db

SECRET = "zephyrus"


@pytest.fixture
def library(ready):
    """An open artifact, one for logged-in people, and one for a group, each with a word of its own."""
    shelf("Operations")
    artifact("Rollback in the open", tags=["Shared"])
    staff = section("Staff", shelf("Operations"))
    close(staff)
    artifact("Rollback for staff", parent=staff, tags=["Inside"])
    board = section("Board", shelf("Operations"))
    close(board, group("Board"))
    artifact(
        f"Rollback of {SECRET}",
        parent=board,
        text=f"{SECRET} must not leak.",
        bottom_line=f"All about {SECRET}.",
        tags=[SECRET.title(), "Shared"],
        maturity=5,
    )
    ready()


# How many of the three each may see.
SEES = {"anonymous": 1, "reader": 2, "editor": 2, "board": 3, "administrator": 3}


def people() -> list[tuple[object, int]]:
    made = {
        "anonymous": AnonymousUser(),
        "reader": person(),
        "editor": person("Editors"),
        "board": person("Board"),
        "administrator": person(is_superuser=True),
    }
    return [(made[who], sees) for who, sees in SEES.items()]


def test_hits_counts_and_facets(library):
    for user, sees in people():
        result = find("q=rollback", access_for(user))
        assert result.count == len(result.hits) == sees
        assert sum(counts(result, "kind").values()) == sees
        assert (SECRET in counts(result, "tag")) == (sees == 3)
        assert ("5" in counts(result, "maturity")) == (sees == 3)
        assert counts(result, "tag")["shared"] == (2 if sees == 3 else 1)


def test_words_of_a_closed_page_find_nothing(library):
    for user, sees in people():
        for query in (f"q={SECRET}", f"q={SECRET[:-1]}s", "q=leak", f'q="{SECRET} must"'):
            result = find(query, access_for(user))
            if sees < 3:
                assert result.count == 0
                assert all(not facet.options for facet in result.facets)
                assert result.did_you_mean is None
                assert SECRET not in repr(result.hits)
        assert find(f"q={SECRET}", access_for(user)).count == (1 if sees == 3 else 0)


def test_a_mistyped_word_is_not_mended_into_one_of_a_closed_page(library):
    mistyped = SECRET[:-2] + SECRET[-1] + SECRET[-2]
    for user, sees in people():
        result = find(f"q={mistyped}+rollback", access_for(user))
        if sees < 3:
            assert result.did_you_mean is None
            assert SECRET not in repr(result.hits)


def test_what_editors_put_first_is_not_shown_to_whom_it_is_closed(library):
    closed = Artifact.objects.get(title__contains=SECRET.title()[1:])
    BestBet.objects.create(words="lunch menu", artifact=closed)
    for user, sees in people():
        result = find("q=lunch+menu", access_for(user))
        assert result.count == len(result.hits) == (1 if sees == 3 else 0)


def test_suggestions(library):
    for user, sees in people():
        assert len(service.suggest("rollb", access_for(user))) == sees
        assert bool(service.suggest(SECRET[:4], access_for(user))) == (sees == 3)
        in_one_word = service.suggest(f"rollbackof{SECRET[:4]}", access_for(user))
        assert bool(in_one_word) == (sees == 3)


def test_a_tag_of_closed_pages_is_not_known(library):
    for user, sees in people():
        if sees == 3:
            assert find(f"tag={SECRET}", access_for(user)).count == 1
            continue
        with pytest.raises(BadFilter) as hidden:
            find(f"tag={SECRET}", access_for(user))
        with pytest.raises(BadFilter) as unknown:
            find("tag=nothing-at-all", access_for(user))
        # The same sentence for what is closed and for what does not exist.
        assert str(hidden.value).replace(SECRET, "*") == str(unknown.value).replace(
            "nothing-at-all", "*"
        )


def test_lists_of_terms_count_what_is_seen(library):
    for user, sees in people():
        assert counting.counts("kind", access_for(user)) == {"guide": sees}
        assert (SECRET in counting.counts("tag", access_for(user))) == (sees == 3)


def test_every_address(library, client):
    doors = [
        reverse("search:results") + "?q=rollback",
        reverse("search:results") + f"?q={SECRET[:5]}",
        reverse("search:results"),
        reverse("search:api") + "?q=rollback",
        reverse("search:suggest") + "?q=rollback",
        reverse("search:suggest") + f"?q={SECRET[:4]}",
        reverse("search:kind", args=["guide"]),
        reverse("search:tag", args=["shared"]),
        reverse("search:tag_index"),
        reverse("search:maturity_index"),
        "/operations/",
    ]
    for user, sees in people():
        client.logout()
        if sees > 1:
            client.force_login(user)
        shown = [SECRET in client.get(door).content.decode().lower() for door in doors]
        # The page of a search repeats what was typed, which was but a part of the word.
        assert any(shown) == (sees == 3)
        hidden = client.get(reverse("search:tag", args=[SECRET]))
        assert hidden.status_code == (200 if sees == 3 else 404)


def test_a_closed_category_is_not_known(ready):
    artifact("Hidden plan", parent=shelf("Product"))
    close(shelf("Product"), group("Board"))
    artifact("Open plan", parent=shelf("Operations"))
    ready()
    access = access_for(AnonymousUser())
    assert counts(find("", access), "category") == {"operations": 1}
    with pytest.raises(BadFilter):
        find("category=product", access)


def test_a_section_that_is_closed_now_is_closed_at_once(ready):
    night = section("Night", shelf("Operations"))
    artifact("Handover", parent=night)
    ready()
    assert find("q=handover", access_for(AnonymousUser())).count == 1
    close(night)
    assert find("q=handover", access_for(AnonymousUser())).count == 0


def test_a_page_that_moved_into_a_closed_section_is_not_shown_before_the_index_knows(ready):
    board = section("Board", shelf("Operations"))
    close(board, group("Board"))
    page = artifact("Handover")
    ready()
    page.move(board, pos="last-child")
    result = find("q=handover", access_for(AnonymousUser()))
    assert (result.count, result.hits) == (0, ())


def test_all_fields_are_bound_to_the_reader(library):
    access = access_for(AnonymousUser())
    result = find("", access)
    for name in FIELDS:
        assert all(count <= 1 for count in counts(result, name).values())
