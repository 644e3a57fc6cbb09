"""A search as Atom: open to all as all may see it, or by a secret address as its person may."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.catalog.models import Artifact
from search.saved import addresses, services
from search.saved.models import SavedSearch
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(answer) -> list[str]:
    assert answer.status_code == 200
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


@pytest.fixture
def secret():
    page = CategoryFactory(title="Secret")
    close(page, group("Insiders"))
    return page


class TestOpen:
    def test_the_newest_match_comes_first(self, client) -> None:
        first = ArtifactFactory(title="First plan")
        ArtifactFactory(title="Second plan")
        ArtifactFactory(title="Something else")
        first.save_revision().publish(skip_permission_checks=True)
        answer = client.get("/feeds/search.atom?q=plan&page=4")
        assert titles(answer) == ["First plan", "Second plan"]
        feed = ET.fromstring(answer.content)  # noqa: S314 - our own answer
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == (
            "http://127.0.0.1:8000/feeds/search.atom?q=plan"
        )
        assert feed.find(f"{ATOM}link[@rel='alternate']").get("href") == (
            "http://127.0.0.1:8000/search/?q=plan"
        )

    @pytest.mark.parametrize("reader", ["anonymous", "insider", "superuser"])
    def test_it_shows_what_everybody_may_see_whoever_asks(self, client, secret, reader) -> None:
        ArtifactFactory(title="Secret plan", parent=secret)
        ArtifactFactory(title="Open plan", parent=CategoryFactory())
        if reader != "anonymous":
            client.force_login(person("Insiders", is_superuser=reader == "superuser"))
        assert titles(client.get("/feeds/search.atom?q=plan")) == ["Open plan"]

    @pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "]]>&amp;<b>", "a\x0bb"])
    def test_what_is_typed_or_written_is_text(self, client, hostile: str) -> None:
        page = ArtifactFactory(title="Plan")
        Artifact.objects.filter(pk=page.pk).update(title=hostile, bottom_line=hostile)
        answer = client.get("/feeds/search.atom", {"q": f"plan {hostile}"})
        assert b"<script" not in answer.content
        ET.fromstring(answer.content)  # noqa: S314 - our own answer
        answer = client.get("/feeds/search.atom?kind=guide")
        (title,) = titles(answer)
        assert title == hostile.replace("\x0b", "")
        assert b"<script" not in answer.content

    def test_a_wrong_filter_is_an_empty_feed_and_a_wrong_page_is_none(self, client) -> None:
        ArtifactFactory()
        assert titles(client.get("/feeds/search.atom?kind=novel")) == []
        assert client.get("/feeds/search.atom?page=-1").status_code == 404

    def test_nobody_keeps_it(self, client) -> None:
        answer = client.get("/feeds/search.atom?q=plan")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"


class TestSecret:
    @pytest.fixture
    def insider(self):
        return person("Insiders")

    @pytest.fixture
    def saved(self, insider, secret) -> SavedSearch:
        ArtifactFactory(title="Secret plan", parent=secret)
        return services.keep(by=insider, name="Plans <b>", query="q=plan", delivery="feed")

    def address(self, saved: SavedSearch) -> str:
        token = addresses.feed_token(saved.pk, saved.feed_number)
        return reverse("search:saved_feed", args=[token])

    def test_it_shows_what_its_person_may_see_without_a_login(self, client, saved) -> None:
        assert titles(client.get(self.address(saved))) == ["Secret plan"]

    def test_the_list_shows_the_address(self, client, saved, insider) -> None:
        client.force_login(insider)
        page = BeautifulSoup(client.get("/saved/").content, "html.parser")
        assert page.select_one(f"#feed-{saved.pk}")["value"].endswith(self.address(saved))

    def test_a_right_that_was_taken_away_takes_its_results_along(
        self, client, saved, insider
    ) -> None:
        address = self.address(saved)
        insider.groups.clear()
        assert titles(client.get(address)) == []

    def test_a_new_address_voids_the_old_one(self, client, saved, insider) -> None:
        old = self.address(saved)
        client.force_login(insider)
        client.post(f"/saved/{saved.pk}/feed/")
        client.logout()
        assert client.get(old).status_code == 404
        saved.refresh_from_db()
        assert titles(client.get(self.address(saved))) == ["Secret plan"]

    def test_it_ends_with_the_wish_the_search_and_the_person(self, client, saved, insider) -> None:
        address = self.address(saved)
        insider.is_active = False
        insider.save()
        assert client.get(address).status_code == 404
        insider.is_active = True
        insider.save()
        services.change(by=insider, saved=saved, name="Plans", delivery="mail")
        assert client.get(address).status_code == 404
        services.change(by=insider, saved=saved, name="Plans", delivery="feed")
        assert client.get(address).status_code == 200
        services.forget(by=insider, saved=saved)
        assert client.get(address).status_code == 404

    def test_no_address_can_be_guessed_or_bent(self, client, saved) -> None:
        other = services.keep(by=person(), name="Mine", query="q=plan", delivery="feed")
        mine = addresses.feed_token(other.pk, 1)
        bent = mine.replace(f"{other.pk}-", f"{saved.pk}-", 1)
        for token in (bent, f"{saved.pk}-1", f"{saved.pk}-1.", "x", mine[:-1], f"{mine}x"):
            assert client.get(reverse("search:saved_feed", args=[token])).status_code == 404
        assert titles(client.get(reverse("search:saved_feed", args=[mine]))) == []

    def test_its_name_is_text_and_nobody_keeps_it(self, client, saved) -> None:
        answer = client.get(self.address(saved))
        assert b"Plans &lt;b&gt;" in answer.content
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"

    def test_it_costs_the_same_for_few_and_many(
        self, client, saved, secret, django_assert_max_num_queries
    ) -> None:
        for number in range(6):
            ArtifactFactory(title=f"Secret plan {number}", parent=secret)
        client.get(self.address(saved))
        with django_assert_max_num_queries(12):
            client.get(self.address(saved))
