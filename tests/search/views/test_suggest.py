import pytest
from django.urls import reverse

from tests.factories import FaqEntryFactory, FaqPageFactory, person
from tests.search.helpers import artifact

pytestmark = pytest.mark.django_db


def suggested(client, typed: str) -> list[str]:
    response = client.get(reverse("search:suggest"), {"q": typed})
    return [one["title"] for one in response.json()["suggestions"]]


def test_titles_that_start_so_come_first_then_those_that_have_the_words(client, ready):
    artifact("The release train")
    artifact("Release checklist")
    artifact("Budget", text="release release release")
    ready()
    assert suggested(client, "rel") == ["Release checklist", "The release train"]
    assert suggested(client, "train rel") == ["The release train"]
    assert suggested(client, "RELEASE CHECK") == ["Release checklist"]


def test_questions_come_after_what_can_be_used(client, ready):
    FaqEntryFactory(title="Release day: who decides?", parent=FaqPageFactory(title="Questions"))
    artifact("The release train")
    artifact("Release checklist")
    ready()
    assert suggested(client, "release") == [
        "Release checklist",
        "The release train",
        "Release day: who decides?",
    ]


def test_a_suggestion_says_what_it_is_and_where(client, ready):
    artifact("Release checklist")
    ready()
    answer = client.get(reverse("search:suggest"), {"q": "rel"}).json()
    assert answer == {
        "suggestions": [
            {
                "title": "Release checklist",
                "url": "/operations/release-checklist/",
                "kind": "guide",
                "kind_label": "Guide",
            }
        ]
    }


def test_words_with_hyphens_are_found_by_each_part(client, ready):
    artifact("On-call handover (nights)")
    ready()
    for typed in ("on-c", "call", "night", "on call hand"):
        assert suggested(client, typed) == ["On-call handover (nights)"]


def test_a_name_in_one_word_leads_to_the_title_in_several(client, ready):
    artifact("Kube Pod Crash Looping")
    artifact("Node Filesystem Almost Out Of Space")
    artifact("Watching pods", text="kube-pod-crash is no title.", slug="watching")
    ready()
    for typed in ("kubepo", "KubePodCrash", "KubePodCrashLooping"):
        assert suggested(client, typed) == ["Kube Pod Crash Looping"]
    assert suggested(client, "nodefilesystemalmostoutofspace") == [
        "Node Filesystem Almost Out Of Space"
    ]
    assert suggested(client, "kubepodcrashed") == []
    assert suggested(client, "podcrash") == []


def test_several_words_lead_to_the_title_in_one(client, ready):
    artifact("KubePodCrashLooping")
    ready()
    for typed in ("kube pod", "Kube pod crash loo", "kubepod crash"):
        assert suggested(client, typed) == ["KubePodCrashLooping"]
    assert suggested(client, "pod crash loo") == []


def test_what_is_set_aside_comes_last_and_the_list_is_short(client, ready):
    new = artifact("Plan 2")
    artifact("Plan", superseded_by=new)
    for number in range(10, 20):
        artifact(f"A plan {number}")
    ready()
    titles = suggested(client, "plan")
    assert titles[0] == "Plan 2"
    assert len(titles) == 8


def test_nothing_typed_suggests_nothing(client, django_assert_num_queries):
    assert suggested(client, "") == []
    assert suggested(client, "%%%") == []


def test_nothing_stays_in_the_browser_after_a_log_out(client):
    assert "no-store" not in client.get(reverse("search:suggest"))["Cache-Control"]
    client.force_login(person())
    assert "no-store" in client.get(reverse("search:suggest"))["Cache-Control"]
