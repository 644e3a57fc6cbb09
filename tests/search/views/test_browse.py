"""Browse pages: one subject each, with counts, all other filters and sensible empty states."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.catalog import models
from tests.factories import close
from tests.search.helpers import artifact, section, shelf

pytestmark = [pytest.mark.django_db]


def shown(response) -> list[str]:
    assert response.status_code == 200
    return [hit.card.title for hit in response.context["result"]["hits"]]


def fields(response) -> set[str]:
    return {facet.field for facet in response.context["result"]["facets"]}


@pytest.fixture
def library():
    software = models.Industry.objects.create(
        name="Software", slug="software", description="Those who make it."
    )
    zapier = models.Tool.objects.create(name="Zapier", slug="zapier")
    lead = models.Audience.objects.create(name="Team lead", slug="team-lead")
    europe = models.Region.objects.create(name="Europe", slug="eu")
    artifact(
        "First",
        industries=[software],
        tools=[zapier],
        audiences=[lead],
        regions=[europe],
        tags=["APIs"],
        maturity=2,
    )
    artifact("Second", industries=[software], model=models.RunbookPage, maturity=3)
    artifact("Third")


@pytest.mark.parametrize(
    ("name", "value", "heading", "titles"),
    [
        ("kind", "runbook", "Runbook", ["Second"]),
        ("industry", "software", "Software", ["First", "Second"]),
        ("maturity", "2", "Managed", ["First"]),
        ("tag", "apis", "APIs", ["First"]),
        ("tool", "zapier", "Zapier", ["First"]),
        ("audience", "team-lead", "Team lead", ["First"]),
        ("region", "eu", "Europe", ["First"]),
    ],
)
def test_a_subject_lists_what_belongs_to_it(client, library, name, value, heading, titles):
    response = client.get(reverse(f"search:{name}", args=[value]))
    assert sorted(shown(response)) == titles
    assert response.context["heading"] == heading
    assert name not in fields(response)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.get_text(strip=True) == heading
    assert response.context["breadcrumbs"][0]["url"] == reverse(f"search:{name}_index")


def test_other_filters_combine_and_the_address_stays(client, library):
    response = client.get("/industries/software/", {"maturity": "3", "q": "second"})
    assert shown(response) == ["Second"]
    assert response.context["result"]["chips"][0]["remove_url"] == "/industries/software/?q=second"
    assert response.context["intro"] == "Those who make it."


def test_the_subject_cannot_be_widened_by_the_address(client, library):
    assert shown(client.get("/kinds/runbook/", {"kind": "guide"})) == ["Second"]


@pytest.mark.parametrize(
    "address",
    [
        "/kinds/novel/",
        "/industries/nowhere/",
        "/tags/nothing/",
        "/maturity/6/",
        "/maturity/x/",
        "/tools/%00/",
        "/tags/%00/",
        "/kinds/runbook/?page=9",
        "/kinds/runbook/?page=-1",
    ],
)
def test_what_does_not_exist_is_not_found(client, library, address):
    assert client.get(address).status_code == 404


def test_an_unknown_filter_of_a_browse_page_is_told(client, library):
    assert client.get("/kinds/runbook/?tool=hammer").status_code == 400


def test_a_term_without_artifacts_is_a_page(client):
    shelf()
    models.Industry.objects.create(name="Space", slug="space")
    response = client.get("/industries/space/")
    assert shown(response) == []


def test_a_merged_tag_leads_to_the_one_it_went_into(client, library):
    kept = models.Tag.objects.get(slug="apis")
    models.Tag.objects.create(name="API", slug="api", merged_into=kept)
    response = client.get("/tags/api/?maturity=2")
    assert response.status_code == 301
    assert response["Location"] == "/tags/apis/?maturity=2"


def test_a_tag_of_drafts_only_is_not_known(client):
    artifact("Draft", live=False, tags=["Hidden"])
    assert client.get("/tags/hidden/").status_code == 404
    assert "Hidden" not in client.get("/tags/").content.decode()


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("kind", {"guide": 2, "runbook": 1, "sop": 0}),
        ("industry", {"software": 2}),
        ("maturity", {"1": 0, "2": 1, "3": 1, "4": 0, "5": 0}),
        ("tag", {"apis": 1}),
        ("tool", {"zapier": 1}),
        ("audience", {"team-lead": 1}),
        ("region", {"eu": 1}),
    ],
)
def test_a_list_has_all_terms_with_their_numbers(client, library, name, counts):
    response = client.get(reverse(f"search:{name}_index"))
    found = {term["value"]: term["count"] for term in response.context["terms"]}
    assert {value: found[value] for value in counts} == counts
    page = BeautifulSoup(response.content, "html.parser")
    for term in response.context["terms"]:
        assert page.find("a", href=term["url"])


class TestSections:
    def test_a_category_lists_everything_below_it(self, client):
        operations, product = shelf("Operations"), shelf("Product")
        operations.intro = "Keep it running."
        operations.closely_related = [product]
        operations.save()
        night = section("Night watch", operations)
        faq = models.FaqPage(title="Questions", slug="questions")
        operations.refresh_from_db()
        operations.add_child(instance=faq)
        artifact("Handover", parent=night, maturity=2)
        artifact("Rollback", parent=operations)
        artifact("Roadmap", parent=product)
        response = client.get("/operations/")
        assert sorted(shown(response)) == ["Handover", "Rollback"]
        assert "category" not in fields(response)
        assert response.context["heading"] == "Operations"
        assert response.context["intro"] == "Keep it running."
        assert response.context["sections"] == [
            {"title": "Night watch", "url": "/operations/night-watch/"}
        ]
        assert response.context["faq_pages"][0]["url"] == "/operations/questions/"
        assert response.context["closely_related"] == [{"title": "Product", "url": "/product/"}]
        assert shown(client.get("/operations/?maturity=2&category=product")) == ["Handover"]
        below = client.get("/operations/night-watch/")
        assert shown(below) == ["Handover"]
        assert below.context["breadcrumbs"] == [{"title": "Operations", "url": "/operations/"}]

    def test_what_is_closed_is_neither_listed_nor_linked(self, client):
        operations, product = shelf("Operations"), shelf("Product")
        operations.closely_related = [product]
        operations.save()
        night = section("Night watch", operations)
        artifact("Handover", parent=night)
        close(night)
        close(product)
        response = client.get("/operations/")
        assert shown(response) == []
        assert response.context["sections"] == []
        assert response.context["closely_related"] == []
        assert client.get("/operations/night-watch/").status_code == 404
