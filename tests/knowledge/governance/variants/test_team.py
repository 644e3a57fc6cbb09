"""A team derives a variant into its private section, and keeps it level with the standard."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from knowledge.catalog.models import GuidePage
from knowledge.governance.services import moderation
from knowledge.governance.team_sections import services as team_sections
from knowledge.governance.variants.models import Variant
from tests.factories import person, team
from tests.knowledge.governance.variants.conftest import BODY, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def main_of(client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser").main


def test_from_the_form_to_the_answer(client, standard, section, rewrite, committed) -> None:
    ada = person("Viewers", username="ada", email="ada@example.org")
    bob = person("Viewers", username="bob", email="bob@example.org")
    ours = team(ada, bob)
    room = team_sections.open_section(team=ours, by=ada, category=section).section
    client.force_login(bob)
    assert main_of(client, standard.url).select(f'a[href="/variants/new/{standard.pk}/"]')

    # A member derives it and submits it; the lead approves it.
    new = f"/variants/new/{standard.pk}/"
    offered = [one["value"] for one in main_of(client, new).select("#variant-place option")]
    assert offered == ["", str(room.pk)]
    client.post(new, {"title": "How we talk here", "place": room.pk, "team": ours.pk})
    variant = Variant.objects.get()
    page = GuidePage.objects.get(pk=variant.page_id)
    assert page.owner_group == ours.group
    committed(lambda: moderation.submit(page=page, by=bob))
    page = GuidePage.objects.get(pk=page.pk)
    committed(lambda: moderation.approve(page=page, by=ada))
    assert GuidePage.objects.get(pk=page.pk).live

    # The team finds it beside the standard, nobody else does.
    assert "How we talk here" in main_of(client, standard.url).text
    client.logout()
    assert "How we talk here" not in main_of(client, standard.url).text
    client.force_login(person("Editors"))
    assert "How we talk here" not in main_of(client, f"/variants/of/{standard.pk}/").text
    assert client.get(f"/variants/{variant.pk}/").status_code == 404

    # The standard changes: both hear, and the lead takes it over.
    mail.outbox.clear()
    rewrite(standard, [*BODY, words("Ask the bank.", "three")])
    told = {one.to[0] for one in mail.outbox if "The standard of" in one.subject}
    assert told == {"ada@example.org", "bob@example.org"}
    client.force_login(ada)
    html = main_of(client, f"/variants/{variant.pk}/")
    seen = html.select_one("input[name=seen-three]")["value"]
    sent = {"seen-three": seen, "choice-three": "take"}
    client.post(f"/variants/{variant.pk}/", sent)
    draft = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert "Ask the bank." in str(draft.body.get_prep_value())
    assert (
        "every change of the standard is answered"
        in main_of(client, f"/variants/{variant.pk}/").text
    )
