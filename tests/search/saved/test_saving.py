"""People keep their searches; nobody else knows of them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from search.saved import services
from search.saved.errors import NameTaken, TooLong, TooMany
from search.saved.models import SavedSearch, Told
from tests.factories import ArtifactFactory, close, person
from tests.search.helpers import artifact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NEW = "/saved/new/?q=on-call&kind=runbook&page=3"


@pytest.fixture
def reader():
    return person("Viewers")


@pytest.fixture
def me(client, reader):
    client.force_login(reader)
    return client


def keep(reader, name: str = "Mine", query: str = "q=plan", delivery: str = "none") -> SavedSearch:
    return services.keep(by=reader, name=name, query=query, delivery=delivery)


class TestSaving:
    def test_the_results_offer_it_with_their_own_address(self, client) -> None:
        artifact("Plan")
        page = BeautifulSoup(client.get("/search/?q=plan&kind=guide").content, "html.parser")
        assert page.select_one('a[href^="/saved/new/"]')["href"] == (
            "/saved/new/?q=plan&kind=guide"
        )
        assert page.select_one('#listing-head a[href^="/feeds/search.atom"]')["href"] == (
            "/feeds/search.atom?q=plan&kind=guide"
        )

    def test_a_stranger_logs_in_first_and_comes_back_to_it(self, client) -> None:
        answer = client.get(NEW)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/?next=/saved/new/%3Fq%3Don-call")

    def test_it_says_what_is_saved_and_keeps_it_without_the_page(self, me, reader) -> None:
        page = BeautifulSoup(me.get(NEW).content, "html.parser")
        assert page.select_one(".listing__intro").text == "“on-call”; Kind: Runbook"
        assert page.select_one("#id_name")["value"] == "on-call; Kind: Runbook"
        answer = me.post(NEW, {"name": "Nights", "delivery": "mail"}, follow=True)
        assert "The search is saved." in answer.content.decode()
        saved = SavedSearch.objects.get()
        assert (saved.person, saved.name, saved.delivery) == (reader, "Nights", "mail")
        assert saved.query == "q=on-call&kind=runbook"
        link = BeautifulSoup(answer.content, "html.parser").select_one(".saved__name a")
        assert link["href"] == "/search/?q=on-call&kind=runbook"

    @pytest.mark.parametrize("name", ["", "  ", "\x0b", "x" * 81])
    def test_a_name_that_is_none_is_asked_for_again(self, me, name: str) -> None:
        answer = me.post(NEW, {"name": name, "delivery": "none"})
        assert answer.status_code == 400
        assert BeautifulSoup(answer.content, "html.parser").select_one("#id_name_error")
        assert not SavedSearch.objects.exists()

    def test_a_filter_that_does_not_exist_is_refused(self, me) -> None:
        answer = me.post("/saved/new/?kind=novel", {"name": "x", "delivery": "none"})
        assert answer.status_code == 400
        assert "novel" in answer.content.decode()
        assert me.get("/saved/new/?page=-1").status_code == 404
        assert not SavedSearch.objects.exists()

    def test_markup_in_a_name_is_text(self, me, reader) -> None:
        keep(reader, name="<script>alert(1)</script>", query="q=%3Cb%3Ex")
        html = me.get("/saved/").content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;b&gt;x" in html

    def test_there_is_an_end(self, me, reader, monkeypatch) -> None:
        monkeypatch.setattr(services, "MAX_A_PERSON", 2)
        keep(reader, "One")
        keep(reader, "Two")
        with pytest.raises(TooMany):
            keep(reader, "Three")
        answer = me.post(NEW, {"name": "Three", "delivery": "none"})
        assert "Delete one first" in answer.content.decode()
        keep(person(), "Another person's first")
        with pytest.raises(TooLong):
            keep(person(), query="q=" + "x" * 2000)

    def test_names_are_ones_own(self, reader) -> None:
        keep(reader, "Nights")
        keep(person(), "Nights")
        with pytest.raises(NameTaken):
            keep(reader, "Nights")


class TestChanging:
    def test_it_is_renamed_and_delivered_otherwise(self, me, reader) -> None:
        saved = keep(reader)
        artifact("Plan")
        me.post(f"/saved/{saved.pk}/", {"name": "Plans", "delivery": "mail"})
        saved.refresh_from_db()
        assert (saved.name, saved.delivery) == ("Plans", "mail")
        assert Told.objects.count() == 1  # what is there is no news

    def test_a_name_that_is_taken_is_refused_in_words(self, me, reader) -> None:
        keep(reader, "One")
        two = keep(reader, "Two")
        answer = me.post(f"/saved/{two.pk}/", {"name": "One", "delivery": "none"})
        assert "of that name already" in answer.content.decode()
        assert me.get("/saved/").status_code == 200

    def test_it_is_deleted(self, me, reader) -> None:
        saved = keep(reader)
        assert me.get(f"/saved/{saved.pk}/delete/").status_code == 405
        answer = me.post(f"/saved/{saved.pk}/delete/", follow=True)
        assert "is deleted" in answer.content.decode()
        assert not SavedSearch.objects.exists()

    def test_that_of_another_person_is_not_there(self, me) -> None:
        other = keep(person(), "Secret plans", delivery="feed")
        assert "Secret plans" not in me.get("/saved/").content.decode()
        address = f"/saved/{other.pk}/"
        for answer in (
            me.get(address),
            me.post(address, {"name": "Taken", "delivery": "none"}),
            me.post(f"{address}delete/"),
            me.post(f"{address}feed/"),
        ):
            assert answer.status_code == 404
        other.refresh_from_db()
        assert (other.name, other.feed_number) == ("Secret plans", 1)

    def test_the_service_refuses_another_person_too(self, reader) -> None:
        other = keep(person())
        for act in (services.forget, services.renew_feed):
            with pytest.raises(SavedSearch.DoesNotExist):
                act(by=reader, saved=other)

    def test_a_stranger_sees_and_changes_nothing(self, client, reader) -> None:
        saved = keep(reader)
        for name, arguments in (("saved", []), ("saved_change", [saved.pk])):
            assert client.get(reverse(f"search:{name}", args=arguments)).status_code == 302
        for name in ("saved_delete", "saved_renew_feed"):
            assert client.post(reverse(f"search:{name}", args=[saved.pk])).status_code == 302
        assert SavedSearch.objects.filter(feed_number=1).exists()

    def test_nothing_of_it_is_kept_by_caches(self, me, reader) -> None:
        keep(reader, delivery="feed")
        assert "no-store" in me.get("/saved/")["Cache-Control"]

    def test_a_person_who_goes_takes_the_searches_along(self, reader) -> None:
        ArtifactFactory(title="Plan")
        keep(reader, delivery="mail")
        reader.delete()
        assert not SavedSearch.objects.exists()


def test_the_list_costs_the_same_for_few_and_many(me, reader, django_assert_max_num_queries):
    for number in range(6):
        keep(reader, f"Search {number}", delivery="feed")
    close(artifact("Plan"))
    me.get("/saved/")
    with django_assert_max_num_queries(8):
        me.get("/saved/")
