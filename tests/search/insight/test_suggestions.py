"""What to write next: the order, the reasons, the sums, and the way to a draft."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog import models
from knowledge.catalog.permissions import Access, access_for
from knowledge.governance import roles as role
from knowledge.governance.services import roles
from search.insight import wishes
from search.insight.admin.reports import SuggestionsReport
from search.insight.models import LoggedSearch
from search.insight.selectors import queries, suggestions
from search.insight.selectors.suggestions import Suggestion
from tests.factories import IndustryFactory, close, group, person
from tests.search.helpers import artifact, shelf
from tests.search.insight.conftest import logged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

URL = reverse(SuggestionsReport.url_name())


def found(access: Access | None = None) -> list[Suggestion]:
    access = access or Access()
    return suggestions.ordered(queries.known_to(access), access)


def of_words(access: Access | None = None) -> list[Suggestion]:
    return [one for one in found(access) if one.source != suggestions.GAP]


def gaps(access: Access | None = None) -> list[Suggestion]:
    return [one for one in found(access) if one.source == suggestions.GAP]


def assert_the_reasons_sum_up(one: Suggestion) -> None:
    assert one.score == sum(map(int, re.findall(r"\((\d+)\)", one.reasons)))


def test_the_score_is_the_sum_that_the_reasons_name() -> None:
    software = IndustryFactory(name="Software", slug="software")
    for maturity in (1, 2, 3):
        artifact(f"Guide {maturity}", industries=[software], maturity=maturity)
    artifact(
        "A runbook",
        model=models.RunbookPage,
        industries=[software],
        maturity=4,
        body=[{"type": "markdown", "value": {"source": "Text."}}],
    )
    narrow = {"kind": ["guide"], "industry": ["software"], "maturity": ["4"]}
    for _ in range(3):
        logged("feature flags", filters=narrow)
    logged("zebra", results=3)
    logged("zebra", results=3)
    wishes.make(words="Zebra crossing", details="")
    listed = found()
    assert {one.source for one in listed} == set(suggestions.SOURCES)
    assert [one.score for one in listed] == sorted((one.score for one in listed), reverse=True)
    for one in listed:
        assert_the_reasons_sum_up(one)


def test_words_without_a_result_come_first_with_their_number() -> None:
    shelf("Operations")
    artifact("A guide")
    for text, times in (("chaos day", 3), ("blue green", 1)):
        for _ in range(times):
            logged(text)
    first, second = of_words()
    assert (first.title, first.score, first.source) == ("Chaos day", 60, suggestions.NOTHING)
    assert first.reasons == "Searched 3 times without a result (60)."
    assert (second.title, second.score) == ("Blue green", 20)


def test_words_that_find_something_by_now_are_done() -> None:
    shelf()
    earlier = timezone.now() - timezone.timedelta(days=1)
    logged("chaos day", at=earlier)
    logged("chaos day", results=1, clicks=1)
    assert of_words() == []


def test_one_search_without_a_click_says_nothing_two_do() -> None:
    shelf()
    logged("rollback", results=3)
    assert of_words() == []
    logged("rollback", results=3)
    (one,) = of_words()
    assert one.source == suggestions.NO_CLICK
    logged("rollback", results=3, clicks=1)
    assert of_words() == []


def test_masked_words_are_nothing_to_write_about() -> None:
    shelf()
    logged("[email] handover")
    assert of_words() == []


def test_kind_and_place_come_from_what_readers_chose() -> None:
    shelf("Product")
    shelf("Growth")
    IndustryFactory(name="Cloud", slug="cloud")
    logged("pricing", filters={"kind": ["runbook"], "category": ["growth"], "industry": ["cloud"]})
    logged("pricing", filters={"maturity": ["3"], "industry": ["gone"], "kind": ["faq"]})
    (one,) = of_words()
    assert (one.kind, one.category.slug, one.industry, one.maturity) == (
        "runbook",
        "growth",
        "cloud",
        3,
    )
    assert one.place == "Growth, Cloud, maturity 3"


def test_kind_and_place_come_from_the_words_where_nothing_was_chosen() -> None:
    shelf("Product")
    shelf("Growth")
    logged("growth experiment checklists")
    logged("sop for growth")
    logged("pricing")
    kinds = {one.title: (one.kind, one.category.slug) for one in of_words()}
    assert kinds == {
        "Growth experiment checklists": ("checklist", "growth"),
        "Sop for growth": ("sop", "growth"),
        "Pricing": ("guide", "product"),
    }


def test_an_empty_place_beside_others_is_named_with_what_stands_there() -> None:
    software = IndustryFactory(name="Software", slug="software")
    retail = IndustryFactory(name="Retail", slug="retail")
    artifact("One", industries=[software], maturity=2)
    artifact("Two", industries=[retail], maturity=3)
    places = {one.place: one for one in gaps()}
    assert set(places) == {
        "Operations, Software, maturity 3",
        "Operations, Retail, maturity 2",
    }
    one = places["Operations, Software, maturity 3"]
    assert one.title == "Guide for Operations, Software"
    assert one.score == 7
    assert one.why == (
        "There is no guide for Operations, Software, maturity 3 (5).",
        "Beside it: 1 of this kind for other industries (1),"
        " 1 of this kind at other levels of maturity (1).",
    )


def test_an_artifact_for_all_industries_leaves_no_place_empty() -> None:
    software = IndustryFactory(name="Software", slug="software")
    retail = IndustryFactory(name="Retail", slug="retail")
    artifact("One", industries=[software], maturity=2)
    artifact("Two", industries=[retail], maturity=3)
    artifact("For all")
    assert gaps() == []


def test_an_empty_place_that_readers_narrowed_to_counts_twenty_a_search() -> None:
    software = IndustryFactory(name="Software", slug="software")
    artifact("One", industries=[software], maturity=2)
    logged("x", filters={"kind": ["guide"], "industry": ["software"], "maturity": ["5"]})
    wanted = [one for one in gaps() if one.maturity == 5]
    assert [one.score for one in wanted] == [26]
    assert "1 unanswered search was narrowed to this place (20)." in wanted[0].reasons


def test_what_two_people_miss_comes_before_any_empty_place() -> None:
    most = suggestions.PER_EMPTY + 4 * suggestions.MOST_BESIDE
    assert suggestions.PER_NOTHING < most < 2 * suggestions.PER_NOTHING


def test_two_filters_name_half_the_library_and_no_place() -> None:
    software = IndustryFactory(name="Software", slug="software")
    artifact("One", industries=[software], maturity=2)
    logged("x", filters={"kind": ["guide"], "industry": ["software"]})
    assert gaps() == []


def test_of_the_empty_levels_of_one_place_the_best_is_named() -> None:
    software = IndustryFactory(name="Software", slug="software")
    artifact("One", industries=[software], maturity=2)
    for level in ("4", "5", "5"):
        logged("x", filters={"kind": ["guide"], "industry": ["software"], "maturity": [level]})
    (one,) = gaps()
    assert (one.maturity, one.score) == (5, 46)


def test_closed_sections_are_as_if_they_were_not() -> None:
    software = IndustryFactory(name="Software", slug="software")
    retail = IndustryFactory(name="Retail", slug="retail")
    artifact("One", industries=[software], maturity=2)
    closed = shelf("Falcon")
    artifact("Two of Falcon", industries=[retail], maturity=3, parent=closed)
    artifact("Three", industries=[retail], maturity=3)
    logged("falcon layoffs", restricted=True, filters={"category": ["falcon"]})
    everything = found()
    assert any("Falcon" in one.place for one in everything)
    close(closed, group("Insiders"))
    outsider = access_for(person("Editors"))
    shown = " ".join(f"{one.title} {one.place} {one.reasons}" for one in found(outsider))
    assert shown
    assert "alcon" not in shown


class TestView:
    @pytest.fixture
    def wish(self) -> LoggedSearch:
        shelf("Operations")
        IndustryFactory(name="Software", slug="software")
        return logged(
            'runbook for "<b>chaos</b>" & more',
            filters={"industry": ["software"], "maturity": ["2"]},
        )

    def open(self, client, role_name: str = "Editors"):
        client.force_login(person(role_name))
        return BeautifulSoup(client.get(URL).content, "html.parser")

    def test_one_click_opens_the_form_filled_in(self, client, wish) -> None:
        page = self.open(client)
        (link,) = page.select("table.listing td a.button")
        address = urlsplit(link["href"])
        parent = shelf("Operations")
        assert address.path == f"/admin/pages/add/catalog/runbookpage/{parent.pk}/"
        assert parse_qs(address.query)["suggested_maturity"] == ["2"]
        before = models.Artifact.objects.count()

        form = BeautifulSoup(client.get(link["href"]).content, "html.parser")

        assert form.select_one("[name=title]").text or form.select_one("[name=title]")["value"]
        title = form.select_one("[name=title]")
        assert (title.get("value") or title.text).strip() == 'Runbook for "<b>chaos</b>" & more'
        assert form.select_one("[name=maturity] [selected]")["value"] == "2"
        industry = models.Industry.objects.get(slug="software")
        chosen = form.select("[name=industries] [selected], [name=industries][checked]")
        assert [one["value"] for one in chosen] == [str(industry.pk)]
        assert not form.select("b")
        assert models.Artifact.objects.count() == before

    def test_a_reviewer_reads_it_and_is_led_to_no_form(self, client, wish) -> None:
        page = self.open(client, "Reviewers")
        assert len(page.select("table.listing tbody tr")) == 1
        assert not page.select("table.listing td a.button")

    def test_an_editor_of_one_section_drafts_there_only(self, client, wish) -> None:
        other = shelf("Growth")
        roles.grant_section(group=group("Growth editors"), section=other, role=role.EDITORS)
        group("Growth editors").permissions.add(
            *group("Editors").permissions.filter(codename="access_admin")
        )
        logged("growth loops")
        page = self.open(client, "Growth editors")
        links = [link["href"] for link in page.select("table.listing td a.button")]
        assert len(links) == 1
        assert f"/{other.pk}/?" in links[0]

    def test_strange_suggestions_in_the_address_fill_in_nothing(self, client, wish) -> None:
        client.force_login(person("Editors"))
        parent = shelf("Operations")
        url = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", parent.pk])
        for query in (
            "suggested_title=" + "x" * 3000,
            "suggested_maturity=99&suggested_industry=%00",
            "suggested_maturity=x&suggested_industry=none",
            "",
        ):
            answer = client.get(f"{url}?{query}")
            assert answer.status_code == 200
            form = BeautifulSoup(answer.content, "html.parser")
            assert not form.select("[name=industries] [selected], [name=industries][checked]")

    def test_reason_and_kind_narrow_it_and_it_exports(self, client, wish) -> None:
        client.force_login(person("Editors"))
        logged("=cmd|'/c calc'!a0")
        rows = BeautifulSoup(client.get(URL, {"kind": "guide"}).content, "html.parser")
        assert len(rows.select("table.listing tbody tr")) == 1
        none = client.get(URL, {"source": "gap"}).content.decode()
        assert "Nothing to suggest" in none
        answer = client.get(URL, {"export": "csv"})
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert lines[0] == "What to write,Reason,Kind,Where,Why,Score"
        assert len(lines) == 3
        assert not any(line.lstrip('"').startswith("=") for line in lines)
