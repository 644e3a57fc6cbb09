"""The problem in words is searched by whichever engine is there, closed pages never."""

import pytest
from django.urls import reverse

from tests.factories import close, group, person
from tests.search.helpers import artifact, shelf

pytestmark = pytest.mark.django_db


def found(client, **answers) -> list[str]:
    answer = client.get(reverse("search:choose_api"), answers).json()
    return [one["title"] for one in [*answer["results"], *answer["near_misses"]]]


def test_a_problem_finds_what_is_about_it_for_whom_it_is_open(client, ready) -> None:
    artifact("Roll back a release", maturity=2)
    artifact("Feed the office cat", maturity=2)
    secret = shelf("Secret", "secret")
    artifact("Roll back in secret", maturity=2, parent=secret)
    close(secret, group("Insiders"))
    ready()
    answers = {"q": "how do we roll back", "maturity": "2"}
    assert found(client, **answers) == ["Roll back a release"]
    client.force_login(person("Insiders"))
    assert sorted(found(client, **answers)) == ["Roll back a release", "Roll back in secret"]
    client.logout()
    assert found(client, **answers) == ["Roll back a release"]


def test_a_problem_that_nothing_has_whole_is_answered_by_its_words(client, ready) -> None:
    artifact("Release in portions", maturity=2)
    artifact("Production on Fridays", maturity=3)
    artifact("Feed the office cat", maturity=2)
    ready()
    answers = {"q": "release capsized yesterday hopelessly", "maturity": "2"}
    answer = client.get(reverse("search:choose_api"), answers).json()
    assert [one["title"] for one in answer["results"]] == ["Release in portions"]
    assert "Has a word of what you wrote" in answer["results"][0]["reasons"]
    assert "Right about what you wrote" not in answer["results"][0]["reasons"]


def test_a_search_server_that_is_away_is_stood_in_for(client, settings) -> None:
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    artifact("Roll back a release")
    assert found(client, q="roll back") == ["Roll back a release"]
