"""The guides of docs/ in the admin."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from portal.help import checks, guides
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("guide", guides.GUIDES, ids=lambda guide: guide.name)
def test_each_guide_is_a_page_of_the_admin(home: Page, client, guide: guides.Guide) -> None:
    client.force_login(person("Contributors"))
    soup = BeautifulSoup(
        client.get(reverse("help_guide", args=[guide.name])).content, "html.parser"
    )
    title = guide.path.read_text().splitlines()[0].removeprefix("# ")
    assert title in soup.select_one("h1, h2").get_text()
    article = soup.select_one("article.guide")
    assert article.h2
    assert not re.search(r"^#|\*\*|\]\(", article.get_text(), re.MULTILINE)


def test_the_guides_stand_under_help(home: Page, client) -> None:
    client.force_login(person("Editors"))
    html = client.get("/admin/").content.decode()
    for guide in guides.GUIDES:
        assert reverse("help_guide", args=[guide.name]) in html


def test_links_between_guides_work_and_others_are_words(home: Page, client) -> None:
    for guide in guides.GUIDES:
        html = guides.rendered(guide).html
        assert '.md"' not in html
    assert reverse("help_guide", args=["reviewer"]) in guides.rendered(guides.find("editor")).html


def test_an_unknown_guide_is_not_found_and_readers_see_none(home: Page, client) -> None:
    client.force_login(person("Viewers"))
    assert client.get(reverse("help_guide", args=["editor"])).status_code == 302
    client.force_login(person("Editors"))
    assert client.get(reverse("help_guide", args=["operator"])).status_code == 404


def test_a_missing_guide_stops_the_start(settings, tmp_path) -> None:
    assert checks.guides_are_there() == []
    settings.BASE_DIR = tmp_path
    assert {error.id for error in checks.guides_are_there()} == {"portal.E001"}
