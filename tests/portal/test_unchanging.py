"""``{% unchanging %}``: parts of the page that are drawn once."""

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from portal.templatetags.frame import unchanging
from tests.factories import UserFactory


@pytest.mark.django_db
def test_everybody_sees_the_own_name_above_the_same_ways(home: Page) -> None:
    seen = []
    for name in ("ada", "ben"):
        client = Client()
        client.force_login(UserFactory(username=name, first_name="", last_name=""))
        page = BeautifulSoup(client.get("/search/").content, "html.parser")
        menu = page.select_one("[data-account]")
        assert menu["data-account"] == menu.select_one(".menu__name").get_text(strip=True) == name
        seen.append([link["href"] for link in menu.select("a")])
    assert seen[0] == seen[1]
    assert "/account/tokens/" in seen[0]


@pytest.mark.parametrize(("language", "word"), [("en-gb", "Dark"), ("de", "Dunkel")])
def test_a_part_is_drawn_in_the_language_of_the_page(language: str, word: str) -> None:
    with translation.override(language):
        assert f"</svg>{word}</button>" in unchanging("partials/theme_menu.html")


def test_who_works_on_a_template_sees_the_change(settings, tmp_path) -> None:
    settings.DEBUG = True
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    part = tmp_path / "part.html"
    part.write_text("before")
    assert unchanging("part.html") == "before"
    part.write_text("after")
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    assert unchanging("part.html") == "after"
