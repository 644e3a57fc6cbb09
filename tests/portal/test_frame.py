"""What stands around every page."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from knowledge.governance.services import site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/login/", "/search/", "/nothing/here/"])
def test_the_site_has_the_same_name_everywhere(home: Page, client: Client, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.select_one(".brand").get_text(strip=True) == settings.WAGTAIL_SITE_NAME


def test_the_feed_is_offered_to_readers_and_to_programs(home: Page, client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.select_one("footer a[href='/feeds/latest.atom']")
    assert len(page.select("link[type='application/atom+xml']")) == 1


def test_the_admin_greets_with_the_name_of_the_site(bare) -> None:
    site.ensure_home(title="Playbooks")
    assert Site.objects.get().site_name == settings.WAGTAIL_SITE_NAME
