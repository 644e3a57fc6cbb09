"""Editors keep the words of the field; others may not; what they would do is shown before."""

import pytest
from django.urls import reverse

from knowledge.catalog.models import GuidePage, RunbookPage
from search.models import BestBet, SynonymSet
from tests.factories import person
from tests.search.helpers import artifact, counts, find, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [("Viewers", False), ("Contributors", False), ("Reviewers", False), ("Editors", True)],
)
def test_who_may_keep_the_words(home, client, role, may):
    client.force_login(person(role))
    for name in ("search_synonymset", "search_bestbet"):
        answer = client.get(reverse(f"wagtailsnippets_{name}:add"))
        assert (answer.status_code == 200) is may
    assert (client.get(reverse("search_try")).status_code == 200) is may


def test_a_set_of_one_word_is_refused_at_its_field(home, client):
    client.force_login(person("Editors"))
    address = reverse("wagtailsnippets_search_synonymset:add")
    answer = client.post(address, {"expressions": "pager", "typed": "", "is_active": "on"})
    assert "Name at least two words." in answer.content.decode()
    client.post(address, {"expressions": "pager, on-call", "typed": "", "is_active": "on"})
    assert SynonymSet.objects.get().words == ["pager", "on-call"]


def test_a_best_bet_comes_first_though_no_word_is_in_it(ready):
    artifact("Canteen rules", text="lunch lunch lunch")
    wanted = artifact("Where to eat")
    BestBet.objects.create(words="lunch; lunch break", artifact=wanted)
    ready()
    assert titles("q=lunch") == ["Where to eat", "Canteen rules"]
    assert titles("q=the+Lunch+breaks")[0] == "Where to eat"
    assert titles("q=lunch+menu") == ["Canteen rules"] or "Where to eat" not in titles(
        "q=lunch+menu"
    )


def test_a_best_bet_does_not_send_the_other_results_away(ready):
    wanted = artifact("Incidents at night")
    for number in range(8):
        artifact(f"Incidents {number}")
    artifact("Quorum of the board")
    BestBet.objects.create(words="incidents quorum", artifact=wanted)
    ready()
    assert titles("q=incidents+quorum") == ["Incidents at night", "Quorum of the board"]


def test_a_filter_does_not_bring_back_what_the_words_left_out(ready):
    """A count beside a filter promises what one gets by ticking it."""
    artifact("Alpha beta", model=GuidePage, text="gamma")
    artifact("Alpha only", model=RunbookPage)
    wanted = artifact("Something else", model=RunbookPage)
    BestBet.objects.create(words="alpha beta gamma", artifact=wanted)
    ready()
    promised = counts(find("q=alpha+beta+gamma"), "kind")
    assert promised == {"guide": 1, "runbook": 1}
    assert titles("q=alpha+beta+gamma&kind=runbook") == ["Something else"]


def test_the_trial_shows_now_and_then_and_saves_nothing(home, client):
    artifact("Night <b>rota</b>", text="The pager goes round.")
    client.force_login(person("Editors"))
    page = client.get(
        reverse("search_try"), {"q": "standby", "expressions": "standby, pager"}
    ).content.decode()
    assert "Now: 0 results" in page
    assert "Then: 1 result" in page
    assert "Night &lt;b&gt;rota&lt;/b&gt;" in page
    assert not SynonymSet.objects.exists()
    assert titles("q=standby") == []
