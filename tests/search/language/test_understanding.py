"""What was typed is found in other spellings and other words, and mended when nobody knows it."""

import pytest

from search.language import starting, words
from search.language.text import parse
from search.language.understanding import understand
from search.models import SearchWord, SynonymSet
from tests.search.helpers import artifact, find, titles

pytestmark = pytest.mark.django_db


def healed(query: str) -> dict[str, str]:
    return dict(understand(parse(query)).healed)


@pytest.mark.parametrize("query", ["postmortem", "post-mortem", "post mortem", "Post-Mortems"])
@pytest.mark.parametrize("written", ["postmortem", "post-mortem", "post mortem"])
def test_compounds_are_found_however_they_are_written(ready, query, written):
    artifact("The look back", text=f"After the incident we write a {written} together.")
    artifact("The other", text="Mortem is a word, and so is post, but not side by side.")
    # Somebody somewhere writes it in one word, or nobody could know that it is one.
    artifact("A glossary", text="A postmortem is a look back.", slug="glossary")
    ready()
    assert "The look back" in titles(f"q={query}")
    assert "The other" not in titles(f"q={query}")


def test_small_words_count_inside_an_expression(ready):
    artifact("Nights", text="Who is on call tonight answers the pager.")
    artifact("Phones", text="Call the customer, and later get on with it.")
    SynonymSet.objects.create(expressions="on-call, pager")
    ready()
    assert titles("q=on+call") == ["Nights"]
    assert titles("q=on-call") == ["Nights"]


def test_names_in_camel_case_are_found_by_their_words(ready):
    artifact("An alert", text="KubePodCrashLooping fires when a container restarts.")
    ready()
    assert titles("q=pod+crash") == ["An alert"]
    assert titles("q=kubepodcrashlooping") == ["An alert"]


@pytest.mark.parametrize("query", ["ci/cd", "ci cd", "CI-CD"])
def test_joined_abbreviations_are_found(ready, query):
    artifact("Pipelines", text="Our CI/CD setup builds each change.")
    ready()
    assert titles(f"q={query}") == ["Pipelines"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("incidnet", "incident"),
        ("inciddent", "incident"),
        ("ncident", "incident"),
        ("retrospecitve", "retrospective"),
        ("retrospektife", "retrospective"),
        ("rolback", "rollback"),
    ],
)
def test_a_mistyped_word_is_mended_and_the_page_says_so(ready, typed, meant):
    artifact(f"About the {meant}", text=f"All about it: {meant}.")
    ready()
    found = find(f"q={typed}+about")
    assert [hit.card.title for hit in found.hits] == [f"About the {meant}"]
    assert found.did_you_mean == f"{meant} about"


def test_a_rare_word_that_an_artifact_has_is_not_called_a_mistake(ready):
    artifact("Locks of pnpm", text="How pnpm keeps its lock file.")
    for number in range(20):
        artifact(f"Package {number}", text="Install it with npms and go on.")
    artifact("Npms", text="npms")
    ready()
    found = find("q=pnpm")
    assert found.hits[0].card.title == "Locks of pnpm"
    assert found.did_you_mean is None


@pytest.mark.parametrize("typed", ["bread", "sev9", "cat", "INC-4711", "reviews", "thread"])
def test_right_words_codes_and_short_words_are_left_alone(ready, typed):
    artifact("Break the sev1 review", text="broad cart inc-4712")
    ready()
    assert healed(typed) == {}


def test_a_word_that_somebody_wrote_is_never_mended(ready):
    artifact("Frobnicating", text="To frobnicate is to fiddle.")
    artifact("Fabricating", text="To fabricate is to make.")
    ready()
    assert healed("frobnicates") == {}


def test_synonyms_work_in_both_directions_and_at_once(ready, committed):
    artifact("Night rota", text="The pager goes round.")
    artifact("Standards", text="Our standard operating procedure.")
    ready()
    assert titles("q=standby") == []
    for expressions in ("standby, pager", "SOP, standard operating procedure"):
        committed(lambda words=expressions: SynonymSet.objects.create(expressions=words))
    assert titles("q=standby") == ["Night rota"]
    assert titles("q=sop") == ["Standards"]


def test_a_synonym_in_one_direction_only(ready):
    artifact("Clusters", text="Kubernetes runs it.")
    artifact("Ships", text="The orchestra of a ship.")
    SynonymSet.objects.create(typed="k8s", expressions="kubernetes")
    SynonymSet.objects.create(typed="kubernetes", expressions="orchestra", is_active=False)
    ready()
    assert titles("q=k8s") == ["Clusters"]
    assert titles("q=kubernetes") == ["Clusters"]


def test_an_expression_in_a_longer_one_keeps_its_other_words(ready):
    """Else each set that is added takes something away from those that are there."""
    artifact("Cleaning up", text="What to delete on disk full.")
    SynonymSet.objects.create(expressions="disk full, out of space")
    SynonymSet.objects.create(expressions="running out of space, volume alarm")
    ready()
    assert titles("q=running+out+of+space") == ["Cleaning up"]
    # The shorter one does not mean the longer one.
    artifact("Alarms", text="A volume alarm rings.")
    ready()
    assert titles("q=out+of+space") == ["Cleaning up"]


def test_what_editors_call_the_same_explains_a_question(ready, committed):
    committed(
        lambda: SynonymSet.objects.create(expressions="RCA, root cause analysis, post-mortem")
    )
    assert understand(parse("RCA template")).explained == (
        "RCA template (root cause analysis, post-mortem)"
    )
    assert understand(parse("a template")).explained == "a template"


def test_a_long_question_is_also_said_without_its_small_words(ready):
    asked = "who do I tell when the site falls over at night"
    assert understand(parse(asked)).sayings == (asked, "tell site falls over night")
    assert understand(parse("falls over at night")).sayings == ("falls over at night",)


def test_a_shortened_small_word_says_nothing_either(ready):
    artifact("Fridays", text="We dont deploy on Fridays, and they don't either.")
    ready()
    assert understand(parse("why don't we deploy")).words == "deploy"


def test_the_own_word_counts_more_than_a_synonym(ready):
    artifact("Outages", text="An outage is reported here.")
    artifact("Downtimes", text="A downtime is reported here.")
    SynonymSet.objects.create(expressions="outage, downtime")
    ready()
    assert titles("q=outage") == ["Outages", "Downtimes"]
    assert titles("q=downtime") == ["Downtimes", "Outages"]


def test_what_is_not_yet_typed_to_its_end_is_found(ready):
    artifact("Definition of ready")
    artifact("Post-incident review")
    ready()
    assert titles("q=definition+of+r") == ["Definition of ready"]
    assert titles("q=post-inc") == ["Post-incident review"]
    assert titles("q=postinc") == ["Post-incident review"]


def test_understanding_costs_one_query_when_all_words_are_known(django_assert_max_num_queries):
    artifact("Incident review after the release")
    understand(parse("incident"))  # synonyms and number of entries are kept
    with django_assert_max_num_queries(1):
        understand(parse("how is the release reviewed after an incident"))


def test_words_are_counted_once_and_forgotten_by_the_nightly_round():
    page = artifact("Zeppelins", text="zeppelin zeppelin")
    page.title = "Airships"
    page.save()
    assert SearchWord.objects.get(word="zeppelin").entries == 1
    page.unpublish()
    words.recount()
    assert not SearchWord.objects.exists()


def test_the_starting_list_is_sound_and_loaded_once():
    added = starting.load()
    assert added > 100
    SynonymSet.objects.first().delete()
    assert starting.load() == 0
    assert SynonymSet.objects.count() == added - 1
