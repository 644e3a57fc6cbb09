"""How far a variant is from its standard, where readers and editors see it."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.catalog.models import GuidePage
from knowledge.governance.services import lifecycle
from knowledge.governance.variants import wagtail_hooks
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.services import counting
from knowledge.governance.variants.tasks import compare_published
from knowledge.governance.variants.views import listing
from knowledge.practice.teams import services as teams
from tests.factories import CategoryFactory, close, group, person
from tests.knowledge.governance.variants.conftest import BODY, overview, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"
NEXT = [
    overview("What it is really about."),
    words("Talk first.", "one"),
    words("Decide.", "three"),
]


def text_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


class TestCounting:
    def test_a_new_variant_is_level(self, standard, derive) -> None:
        variant = derive(standard)

        assert (variant.behind, variant.own, variant.counted) == (0, 0, "1.0")

    def test_counts_what_the_standard_changed_and_what_is_its_own(
        self, standard, derive, rewrite
    ) -> None:
        variant = derive(standard)
        rewrite(variant.page, [*BODY[:2], words("Then write a lot.", "two"), words("Ask.", "own")])
        rewrite(standard, [overview("What it is really about."), *BODY[1:]])

        variant.refresh_from_db()
        assert (variant.behind, variant.own, variant.counted) == (1, 2, "1.1")
        assert variant.behind_since is not None
        assert variant.base.number == "1.0"

    def test_is_level_again_when_the_variant_says_the_same(self, standard, derive, rewrite) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        rewrite(variant.page, NEXT)

        variant.refresh_from_db()
        assert (variant.behind, variant.own, variant.behind_since) == (0, 0, None)
        assert variant.base.number == variant.live_base.number == "1.1"

    def test_a_new_version_with_the_same_parts_asks_nothing(
        self, standard, derive, rewrite
    ) -> None:
        variant = derive(standard)
        rewrite(standard, BODY, change_note="Checked, nothing new.")

        variant.refresh_from_db()
        assert (variant.behind, variant.base.number) == (0, "1.1")

    def test_is_caught_up_with_by_the_task_and_twice_is_once(self, standard, derive) -> None:
        variant = derive(standard)
        page = standard.get_latest_revision_as_object()
        page.body = page._meta.get_field("body").to_python(NEXT)
        page.save_revision().publish()
        assert counting.stale() == [variant.pk]

        compare_published()
        compare_published()

        assert counting.stale() == []
        assert Variant.objects.get().behind == 3

    def test_what_was_compared_is_left_alone(self, standard, derive, committed) -> None:
        derive(standard)
        derive(standard, title="A draft", live=False)
        compare_published()
        assert counting.stale() == []

        committed(standard.unpublish)

        assert counting.stale() == []

    def test_a_standard_that_goes_leaves_the_variant_standing(
        self, standard, derive, committed, client
    ) -> None:
        variant = derive(standard)
        committed(standard.unpublish)
        variant.refresh_from_db()
        assert (variant.behind, variant.counted) == (0, "")
        assert "A variant of" not in text_of(client, variant.page.url)

        standard.delete()

        variant.refresh_from_db()
        assert variant.parent is None
        assert "Then write." in text_of(client, variant.page.url)
        assert counting.recount(variant_id=variant.pk).behind == 0


class TestPageOfVariant:
    def test_says_of_what_it_is_a_variant_and_marks_its_own(
        self, client, standard, derive, rewrite
    ) -> None:
        variant = derive(standard)
        rewrite(variant.page, [BODY[0], words("Talk on Mondays.", "one"), words("Ask.", "own")])

        html = BeautifulSoup(client.get(variant.page.url).content, "html.parser")

        note = html.select_one(".variant-of")
        assert note.a["href"] == standard.url
        said = " ".join(note.get_text(" ").split())
        assert "level with its version 1.0" in said
        assert "1 part is as in the standard. 1 is changed. 1 is its own." in said
        assert "Left out: Text" in said
        marked = {
            " ".join(one.find_parent("section").get_text(" ").split())
            for one in html.select(".variant-mark")
        }
        assert marked == {
            "Changed from the standard Talk on Mondays.",
            "Own part of this variant Ask.",
        }

    def test_names_no_standard_that_the_reader_may_not_see(
        self, client, standard, section, derive, keeper
    ) -> None:
        keeper.groups.add(group("Insiders"))
        place = CategoryFactory()
        variant = derive(standard, place=place)
        close(section, group("Insiders"))

        assert "How we talk" not in text_of(client, variant.page.url)
        client.force_login(keeper)
        assert "A variant of How we talk" in text_of(client, variant.page.url)


class TestListOfStandard:
    def test_names_owner_version_and_drift(self, client, standard, derive, rewrite) -> None:
        variant = derive(standard)
        rewrite(variant.page, [*BODY, words("Ask.", "own")])
        rewrite(standard, NEXT)

        said = text_of(client, standard.url)

        assert "Variants of this standard How Payments talks Owner Keeper Version 1.1" in said
        assert "3 parts behind version 1.1, 1 part its own" in said
        assert "3 parts behind version 1.1" in text_of(client, f"/variants/of/{standard.pk}/")

    def test_leaves_out_drafts_retired_and_closed_ones(self, client, standard, derive) -> None:
        derive(standard, title="A draft", live=False)
        old = derive(standard, title="An old one")
        lifecycle.archive(page=old.page.specific, by=person("Administrators"), at=timezone.now())
        hidden = CategoryFactory()
        derive(standard, title="A closed one", place=hidden)
        close(hidden, group("Insiders"))

        assert "Variants of this standard" not in text_of(client, standard.url)
        assert "There is no variant" in text_of(client, f"/variants/of/{standard.pk}/")
        insider = person()
        insider.groups.add(group("Insiders"))
        client.force_login(insider)
        said = text_of(client, standard.url)
        assert "A closed one" in said
        assert "A draft" not in said

    def test_of_a_closed_standard_does_not_exist(self, client, standard, section) -> None:
        close(section, group("Insiders"))

        assert client.get(f"/variants/of/{standard.pk}/").status_code == 404

    def test_escapes_and_is_paged(self, client, standard, derive, monkeypatch) -> None:
        monkeypatch.setattr(listing, "A_PAGE", 3)
        monkeypatch.setattr(wagtail_hooks, "LISTED", 2)
        for number in range(4):
            derive(standard, title=f"{HOSTILE} {number:02}")

        short = client.get(standard.url).content.decode()
        first = client.get(f"/variants/of/{standard.pk}/").content.decode()

        assert HOSTILE not in short + first
        assert short.count("variants__line") == 2
        assert "All variants of this standard" in short
        assert first.count("variants__line") == 3
        assert 'rel="next"' in first

    def test_costs_the_same_for_one_as_for_many(
        self, client, standard, derive, django_assert_max_num_queries, settings
    ) -> None:
        settings.PORTAL_PAGE_CACHE_SECONDS = 0
        url = f"/variants/of/{standard.pk}/"
        derive(standard)
        client.get(url)
        with django_assert_max_num_queries(50) as few:
            client.get(url)
        for number in range(2):
            derive(standard, title=f"Number {number}")
        client.get(url)
        with django_assert_max_num_queries(50) as many:
            client.get(url)

        assert len(few) == len(many)


class TestMine:
    URL = "/variants/"

    def test_shows_what_the_person_keeps(self, client, standard, derive, keeper, rewrite) -> None:
        derive(standard)
        derive(standard, title="Of the group", live=False)
        GuidePage.objects.filter(draft_title="Of the group").update(
            owner_user=None, owner_group=group("Payments")
        )
        derive(standard, title="Of somebody else", by=person("Editors"))
        keeper.groups.add(group("Payments"))
        rewrite(standard, NEXT)
        client.force_login(keeper)

        said = text_of(client, self.URL)

        assert "How Payments talks" in said
        assert "Of the group Draft" in said
        assert "3 parts behind version 1.1" in said
        assert "Of somebody else" not in said

    def test_stands_on_the_page_of_work_and_of_the_team(
        self, client, standard, derive, keeper, rewrite
    ) -> None:
        team = teams.make(by=keeper, name="Payments")
        variant = derive(standard, team=team)
        client.force_login(keeper)
        assert "How Payments talks" not in text_of(client, "/work/")
        rewrite(standard, NEXT)

        for url in ("/work/", f"/teams/{team.slug}/", f"{self.URL}?team={team.slug}"):
            answer = client.get(url)
            assert f"/variants/{variant.pk}/" in answer.content.decode()
            assert "How Payments talks" in text_of(client, url)
        assert "You keep no variant" in text_of(client, f"{self.URL}?team=other")

    def test_names_no_standard_that_was_closed(self, client, standard, section, derive, keeper):
        derive(standard, place=CategoryFactory())
        close(section, group("Insiders"))
        client.force_login(keeper)

        said = text_of(client, self.URL)

        assert "How we talk" not in said
        assert "Its standard is not available" in said

    def test_says_so_when_there_is_none(self, client) -> None:
        assert "/login/" in client.get(self.URL)["Location"]
        client.force_login(person("Viewers"))
        assert "You keep no variant" in text_of(client, self.URL)


class TestReport:
    URL = "/admin/reports/variants/"

    def test_lists_the_oldest_drift_first_and_exports_it(
        self, client, standard, derive, rewrite, keeper
    ) -> None:
        level = derive(standard, title="Level")
        derive(standard, title="=Behind")
        rewrite(standard, NEXT)
        rewrite(level.page, NEXT)
        client.force_login(keeper)

        said = text_of(client, self.URL)
        assert said.index("=Behind") < said.index("Level")
        assert "3 parts behind version 1.1" in said
        answer = client.get(f"{self.URL}?export=csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
        assert [row["Variant"] for row in rows] == ["'=Behind", "Level"]
        assert [row["Parts behind"] for row in rows] == ["3", "0"]

    def test_leaves_out_what_is_closed_to_the_person(
        self, client, standard, section, derive, keeper
    ) -> None:
        derive(standard, place=CategoryFactory())
        close(section, group("Insiders"))
        client.force_login(keeper)

        assert "How Payments talks" not in text_of(client, self.URL)

    def test_costs_the_same_for_one_as_for_many(
        self, client, standard, derive, keeper, django_assert_max_num_queries
    ) -> None:
        client.force_login(keeper)
        derive(standard)
        client.get(self.URL)
        with django_assert_max_num_queries(60) as few:
            client.get(self.URL)
        for number in range(2):
            derive(standard, title=f"Number {number}")
        client.get(self.URL)
        with django_assert_max_num_queries(60) as many:
            client.get(self.URL)

        assert len(few) == len(many)

    def test_is_closed_to_readers(self, client) -> None:
        client.force_login(person("Viewers"))
        assert client.get(self.URL).status_code == 302
