"""Home, categories, the FAQ, and whatever people type into the address."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, Site

from knowledge.catalog import models
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    FaqPageFactory,
    close,
    group,
    person,
)

pytestmark = pytest.mark.django_db


def soup_of(client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


class TestAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "/%00/",
            "/x%00y/",
            "/" + "a/" * 600,
            "/" + "a" * 5000 + "/",
            "/home-of-playbooks/",
            "/no/such/page/",
        ],
    )
    def test_odd_ones_are_not_found(self, home: Page, client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_page_is_found_with_one_look_up_whatever_its_depth(self, home: Page, client) -> None:
        page = ArtifactFactory(slug="deep")
        assert client.get(page.url).status_code == 200

    def test_a_redirect_of_the_admin_is_followed(self, home: Page, client) -> None:
        from wagtail.contrib.redirects.models import Redirect

        page = ArtifactFactory()
        Redirect.objects.create(old_path="/old-address", redirect_page=page)
        answer = client.get("/old-address/")
        assert (answer.status_code, answer.url) == (301, page.url)

    def test_a_redirect_does_not_tell_of_a_closed_page(self, home: Page, client) -> None:
        from wagtail.contrib.redirects.models import Redirect

        page = ArtifactFactory(slug="hidden-target")
        close(page)
        Redirect.objects.create(old_path="/old-address", redirect_page=page)
        answer = client.get("/old-address/", follow=True)
        assert answer.status_code == 404

    def test_an_installation_without_a_site_says_so_politely(self, home: Page, client) -> None:
        Site.objects.all().delete()
        assert client.get("/").status_code == 404

    def test_a_closed_page_is_not_there_instead_of_asking_to_log_in(
        self, home: Page, client
    ) -> None:
        page = ArtifactFactory()
        close(page)
        answer = client.get(page.url)
        assert answer.status_code == 404
        client.force_login(person())
        assert client.get(page.url).status_code == 200

    def test_a_page_behind_a_shared_password_opens_to_nobody(self, home: Page, client) -> None:
        page = ArtifactFactory()
        restriction = close(page)
        restriction.restriction_type = "password"
        restriction.password = "shared"
        restriction.save()
        assert client.get(page.url).status_code == 404
        answer = client.post(
            f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", {"password": "shared"}
        )
        assert answer.status_code == 404


class TestHome:
    def test_it_counts_kinds_and_categories(self, home: Page, client) -> None:
        category = CategoryFactory(title="Operations")
        for _ in range(2):
            ArtifactFactory(parent=category, verified=True)
        ArtifactFactory.of(models.RunbookPage, parent=category)
        soup = soup_of(client, "/")
        text = soup.main.get_text(" ", strip=True)
        assert "Operations" in text
        assert soup.select_one('a[href="/kinds/guide/"]')
        assert soup.select_one('a[href="/kinds/runbook/"]')
        assert not soup.select('a[href="/kinds/blueprint/"]')
        assert soup.select_one("form[role=search], form[action='/search/']")

    def test_recently_verified_shows_what_can_be_relied_on(self, home: Page, client) -> None:
        ArtifactFactory(title="Checked today", verified=True)
        ArtifactFactory(title="Long overdue", overdue=True)
        ArtifactFactory(title="Never checked")
        ArtifactFactory(title="Kept for the record", verified=True, archived=True)
        text = soup_of(client, "/").main.get_text(" ")
        assert "Checked today" in text
        for word in ("Long overdue", "Never checked", "Kept for the record"):
            assert word not in text

    def test_an_empty_library_is_still_a_page(self, home: Page, client) -> None:
        assert client.get("/").status_code == 200


class TestFaq:
    @pytest.fixture
    def faq(self, home: Page) -> models.FaqPage:
        page = FaqPageFactory(title="Questions")
        for place, title in enumerate(["Basics", "Trouble", "Empty"]):
            page.groups.add(models.FaqGroup(title=title, slug=title.lower(), sort_order=place))
        page.save_revision().publish()
        FaqEntryFactory(parent=page, title="What is it?", group="basics")
        FaqEntryFactory(parent=page, title="Why is it slow?", group="trouble")
        FaqEntryFactory(parent=page, title="Anything else?", group="")
        return page

    def test_questions_stand_in_their_groups_each_with_its_own_address(self, faq, client) -> None:
        soup = soup_of(client, faq.url)
        text = soup.main.get_text(" ", strip=True)
        parts = [part.get_text(strip=True) for part in soup.main.select("h2, h3")]
        in_order = ["Basics", "What is it?", "Trouble", "Why is it slow?"]
        assert [part for part in parts if part in in_order] == in_order
        assert "Empty" not in text
        assert "Anything else?" in text
        for entry in models.FaqEntryPage.objects.all():
            assert soup.select(f'a[href="{entry.url}"]')
            assert entry.title in soup_of(client, entry.url).h1.text

    def test_breadcrumbs_lead_to_its_category_which_the_bar_marks(self, faq, client) -> None:
        category = faq.get_parent()
        soup = soup_of(client, faq.url)
        assert soup.select_one(f'.breadcrumbs a[href="{category.url}"]')
        assert soup.select_one(f'.site-nav a[href="{category.url}"]')["aria-current"] == "true"

    def test_an_answer_leads_to_the_questions_beside_it(self, faq, client, committed) -> None:
        FaqEntryFactory(parent=faq, title="What for?", group="basics")
        order = ["What is it?", "What for?", "Why is it slow?", "Anything else?"]
        by_title = {page.title: page.url for page in models.FaqEntryPage.objects.all()}
        for place, title in enumerate(order):
            soup = soup_of(client, by_title[title])
            for rel, beside in (("prev", order[:place][-1:]), ("next", order[place + 1 :][:1])):
                found = [link["href"] for link in soup.select(f"a[rel={rel}]")]
                assert found == [by_title[one] for one in beside]
        closed = models.FaqEntryPage.objects.get(title="What for?")
        committed(lambda: close(closed, group("Insiders")))
        (link,) = soup_of(client, by_title["What is it?"]).select("a[rel=next]")
        assert link["href"] == by_title["Why is it slow?"]

    def test_a_closed_answer_is_not_listed(self, faq, client) -> None:
        close(models.FaqEntryPage.objects.get(title="Why is it slow?"), group("Insiders"))
        text = soup_of(client, faq.url).main.get_text(" ")
        assert "Why is it slow?" not in text
        assert "Trouble" not in text

    def test_the_number_of_queries_does_not_grow(
        self, faq, client, django_assert_max_num_queries
    ) -> None:
        for number in range(6):
            FaqEntryFactory(parent=faq, title=f"Question {number}?", group="basics")
        client.force_login(person())
        client.get(faq.url)
        with django_assert_max_num_queries(12):
            client.get(faq.url)
