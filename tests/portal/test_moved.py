"""Old addresses lead on with what was asked of them, and never to what is closed."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(home: Page):
    page = ArtifactFactory(parent=CategoryFactory(slug="ops"), slug="new")
    Redirect.objects.create(old_path="/ops/old", redirect_page=page)
    return page


@pytest.mark.parametrize(
    "rest", ["", "?version=1.0", "changes/", "changes/?page=2", "download.md", "download.pdf?a=b"]
)
def test_what_was_asked_of_the_old_address_is_asked_of_the_new(client, moved, rest) -> None:
    answer = client.get(f"/ops/old/{rest}")
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"/ops/new/{rest}")


def test_a_redirect_of_exactly_this_question_comes_first(client, moved) -> None:
    Redirect.objects.create(old_path="/ops/old?id=1", redirect_link="https://example.org/")
    assert client.get("/ops/old/?id=1")["Location"] == "https://example.org/"


def test_nobody_learns_where_a_closed_page_went(client, moved) -> None:
    close(moved.get_parent(), group("Insiders"))
    for address in ("/ops/old/", "/ops/old/changes/"):
        assert client.get(address).status_code == 404
        client.force_login(person("Editors"))
        assert client.get(address).status_code == 404
    insider = person()
    insider.groups.add(group("Insiders"))
    client.force_login(insider)
    assert client.get("/ops/old/").status_code == 301


def test_below_an_address_elsewhere_nothing_is_made_up(client, moved) -> None:
    Redirect.objects.create(old_path="/away", redirect_link="https://example.org/page")
    assert client.get("/away/").status_code == 301
    assert client.get("/away/more/").status_code == 404


def test_a_question_is_not_hung_on_an_address_elsewhere(client, moved) -> None:
    Redirect.objects.create(old_path="/go", redirect_link="https://example.org/?a=1#top")
    assert client.get("/go/").status_code == 301
    assert client.get("/go/?utm=x").status_code == 301
    assert client.get("/go/?utm=x")["Location"] == "https://example.org/?a=1#top"


class TestAnAddressThatIsInUseAgain:
    """Wagtail keeps the redirect from an address when its page, or another one, is put there later."""

    def test_a_page_that_came_back_is_not_led_to_itself_for_ever(self, client, moved) -> None:
        moved.slug = "old"
        moved.save()
        assert client.get("/ops/old/").status_code == 200
        for rest in ("nothing/", "?version=9.9", "nothing.pdf"):
            assert client.get(f"/ops/old/{rest}").status_code == 404, rest

    def test_what_a_new_page_refuses_is_not_asked_of_the_old_one(self, client, moved) -> None:
        ArtifactFactory(parent=moved.get_parent(), slug="old")
        for rest in ("nothing/", "?version=9.9"):
            assert client.get(f"/ops/old/{rest}").status_code == 404, rest
