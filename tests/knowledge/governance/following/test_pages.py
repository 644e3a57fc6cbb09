"""Following, and the list of what changed, as its person meets it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from knowledge.governance.following import digests, services
from knowledge.governance.following.models import Delivery, Follow, Sighting
from tests.factories import ArtifactFactory, SectionFactory, close, group, person
from tests.knowledge.governance.following.conftest import later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NEW, CHANGED, LIST = "/following/new/", "/following/", "/following/list/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page():
    return ArtifactFactory(title="Hand over a shift")


@pytest.fixture
def logged_in(client, reader):
    client.force_login(reader)
    return client


def said(response) -> str:
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(html.get_text(" ").split())


class TestButton:
    def test_follows_and_ends_it_without_a_script(self, logged_in, reader, page) -> None:
        def press() -> str:
            html = BeautifulSoup(logged_in.get(page.url).content, "html.parser")
            form = html.select_one(".artifact__actions form")
            data = {one["name"]: one["value"] for one in form.select("input")}
            return said(logged_in.post(form["action"], data, follow=True))

        assert "Stop following" in press()
        assert Follow.objects.get().person == reader
        assert "Follow changes" in press()
        assert not Follow.objects.exists()

    def test_is_a_link_for_who_is_not_logged_in_and_asks_for_it(self, client, page) -> None:
        html = BeautifulSoup(client.get(page.url).content, "html.parser")

        link = html.select_one(f'a[href^="{NEW}"]')
        assert link["href"] == f"{NEW}?page={page.pk}"
        assert not html.select_one(".artifact__actions form")
        assert "/login/" in client.get(link["href"])["Location"]

    def test_of_one_person_is_not_shown_to_another(self, client, reader, page) -> None:
        services.follow(by=reader, page=page, now=timezone.now())
        client.force_login(reader)
        assert "Stop following" in said(client.get(page.url))

        client.force_login(person("Viewers"))
        assert "Stop following" not in said(client.get(page.url))
        client.logout()
        assert "Stop following" not in said(client.get(page.url))

    def test_a_section_and_a_tag_have_one_too(self, logged_in, reader) -> None:
        section = SectionFactory()
        ArtifactFactory(parent=section, tags=["night"])
        for url in (section.url, "/tags/night/"):
            html = BeautifulSoup(logged_in.get(url).content, "html.parser")
            link = html.select_one(f'a[href^="{NEW}"]')["href"]
            assert "Follow “" in said(logged_in.get(link))
            logged_in.post(link)

        lines = said(logged_in.get(LIST))
        assert section.title in lines
        assert "night" in lines

    @pytest.mark.parametrize(
        "query", ["", "page=0", "page=x", "page=999999", "tag=none", "tag=%00"]
    )
    def test_what_does_not_exist_cannot_be_followed(self, logged_in, query: str) -> None:
        assert logged_in.post(f"{NEW}?{query}").status_code == 404

    def test_what_is_hidden_does_not_exist(self, logged_in) -> None:
        section = SectionFactory()
        page = ArtifactFactory(parent=section, tags=["secret"])
        draft = ArtifactFactory(draft=True)
        close(section, group("Insiders"))

        for query in (f"page={page.pk}", f"page={section.pk}", "tag=secret", f"page={draft.pk}"):
            assert logged_in.get(f"{NEW}?{query}").status_code == 404
            assert logged_in.post(f"{NEW}?{query}").status_code == 404
        assert not Follow.objects.exists()

    def test_there_is_a_limit(self, logged_in, page, monkeypatch) -> None:
        monkeypatch.setattr(services, "MAX_A_PERSON", 0)

        text = said(logged_in.post(f"{NEW}?page={page.pk}", follow=True))

        assert "You follow as much as one person may." in text

    def test_leads_nowhere_else(self, logged_in, page) -> None:
        data = {"page": page.pk, "next": "https://evil.example/"}

        assert logged_in.post(NEW, data)["Location"] == page.url


class TestList:
    def test_of_others_is_not_there_and_cannot_be_ended(self, client, reader, page) -> None:
        one = services.follow(by=reader, page=page, now=timezone.now())
        client.force_login(person("Viewers"))

        assert page.title not in said(client.get(LIST))
        assert client.post(reverse("following:end", args=[one.pk])).status_code == 404
        assert Follow.objects.exists()

    def test_names_nothing_that_is_hidden_now(self, logged_in, reader) -> None:
        section = SectionFactory()
        page = ArtifactFactory(parent=section, title="Secret plan")
        services.follow(by=reader, page=page, now=timezone.now())
        close(section, group("Insiders"))

        text = said(logged_in.get(LIST))

        assert "Secret plan" not in text
        assert "Something that you cannot see at present" in text

    def test_the_rhythm_is_chosen_there(self, logged_in, reader) -> None:
        logged_in.post(reverse("following:rhythm"), {"rhythm": "weekly"})
        logged_in.post(reverse("following:rhythm"), {"rhythm": "hourly"})

        assert Delivery.objects.get(person=reader).rhythm == "weekly"


class TestStop:
    def test_ends_the_mails_with_one_click_and_no_login(
        self, client, reader, page, publish
    ) -> None:
        services.follow(by=reader, page=page, now=timezone.now())
        publish(page, bottom_line="Changed.")
        digests.deliver(person_id=reader.pk, now=later(1))
        url = re.search(r"/following/stop/\S+", mail.outbox[-1].body).group()

        assert "Stop the mails" in said(client.get(url))
        assert Delivery.objects.get().rhythm == "daily"
        text = said(client.post(url, {"List-Unsubscribe": "One-Click"}))

        assert "You get no more mails" in text
        assert Delivery.objects.get().rhythm == "none"

    @pytest.mark.parametrize("token", ["1", "1.forged", "x"])
    def test_needs_our_own_token(self, client, token: str) -> None:
        assert client.post(f"/following/stop/{token}/").status_code == 404


class TestChanged:
    def test_lists_what_changed_since_it_was_opened(self, logged_in, page, publish) -> None:
        logged_in.get(page.url)
        assert "Nothing changed" in said(logged_in.get(CHANGED))
        publish(page, note="Two steps added.", bottom_line="Other.")

        response = logged_in.get(CHANGED)

        assert "You saw version 1.0; it is version 1.1 now." in said(response)
        assert "1.1 Two steps added." in said(response)
        assert f"{page.url}changes/?from=1.0&amp;to=1.1" in response.content.decode()

    def test_opening_it_again_takes_it_off(self, logged_in, page, publish) -> None:
        logged_in.get(page.url)
        publish(page, bottom_line="Other.")
        logged_in.get(page.url)

        assert "Nothing changed" in said(logged_in.get(CHANGED))

    def test_an_old_version_or_a_look_without_login_counts_for_nothing(
        self, client, reader, page, publish
    ) -> None:
        publish(page, bottom_line="Other.")
        client.get(page.url)
        client.force_login(reader)
        client.get(f"{page.url}?version=1.0")

        assert not Sighting.objects.exists()

    def test_one_or_all_are_marked_as_seen(self, logged_in, publish) -> None:
        pages = [ArtifactFactory(title=f"Page {n}") for n in range(3)]
        for page in pages:
            logged_in.get(page.url)
            publish(page, bottom_line="Other.")

        logged_in.post(reverse("following:seen"), {"page": pages[0].pk})
        text = said(logged_in.get(CHANGED))
        assert "Page 0" not in text
        assert "Page 1" in text
        logged_in.post(reverse("following:seen"))
        assert "Nothing changed" in said(logged_in.get(CHANGED))

    def test_owned_and_followed_are_listed_unopened(self, logged_in, reader, publish) -> None:
        ArtifactFactory(title="Mine", owner_user=reader)
        followed = ArtifactFactory(title="Followed")
        ArtifactFactory(title="Unknown")
        section = followed.get_parent().specific
        services.follow(by=reader, page=section, now=timezone.now())
        publish(followed, bottom_line="Changed.")

        text = said(logged_in.get(CHANGED))

        assert "Mine" in text
        assert "Followed" in text
        assert "Unknown" not in text

    def test_names_nothing_that_is_closed(self, logged_in, reader, publish) -> None:
        section = SectionFactory()
        page = ArtifactFactory(parent=section, title="Secret plan", owner_user=reader)
        logged_in.get(page.url)
        publish(page, bottom_line="Other.")
        close(section, group("Insiders"))

        assert "Secret plan" not in said(logged_in.get(CHANGED))
        url = reverse("following:seen")
        assert logged_in.post(url, {"page": page.pk}).status_code == 404

    def test_costs_the_same_for_many(
        self, logged_in, reader, django_assert_max_num_queries
    ) -> None:
        for _number in range(30):
            ArtifactFactory(owner_user=reader)
        logged_in.get(CHANGED)

        with django_assert_max_num_queries(14):
            text = said(logged_in.get(CHANGED))

        assert "Older" in text

    def test_hostile_words_stay_words(self, logged_in, page, publish) -> None:
        logged_in.get(page.url)
        publish(page, title=HOSTILE, note=HOSTILE)

        assert HOSTILE not in logged_in.get(CHANGED).content.decode()

    def test_is_for_people_who_are_logged_in(self, client) -> None:
        for url in (CHANGED, LIST):
            assert "/login/" in client.get(url)["Location"]


def test_reading_a_page_again_writes_nothing(
    logged_in, page, django_assert_max_num_queries
) -> None:
    logged_in.get(page.url)
    before = Sighting.objects.get().seen_at
    logged_in.get(page.url)

    assert Sighting.objects.get().seen_at == before


@pytest.mark.parametrize(
    ("rhythm", "words"), [("daily", "by mail"), ("none", "Changes stand in your list.")]
)
def test_it_says_how_changes_are_heard_of(logged_in, reader, page, rhythm, words) -> None:
    services.choose_rhythm(by=reader, rhythm=rhythm)
    assert words in said(logged_in.post(f"{NEW}?page={page.pk}", follow=True))
