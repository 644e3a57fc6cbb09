import pytest

from knowledge.catalog.models import AssessmentPage
from knowledge.practice.assessments import services
from tests.factories import ArtifactFactory, close, group, person

SCALE = ["Initial", "Managed", "Defined", "Quantitatively managed", "Optimizing"]
LOW = {"0.0": 1, "0.1": 2, "1.0": 4}
HIGH = {"0.0": 4, "0.1": 5, "1.0": 5}


@pytest.fixture
def helping(home):
    return ArtifactFactory(title="How to speak clearly")


@pytest.fixture
def hidden(home):
    page = ArtifactFactory(title="Secret help")
    close(page, group("Administrators"))
    return page


@pytest.fixture
def assessment(helping, hidden) -> AssessmentPage:
    pillars = [
        {
            "name": "Communication",
            "questions": [{"question": "Do decisions reach all?"}, {"question": "In a day?"}],
            "low_score_below": "3",
            "low_score_pages": [helping.pk, hidden.pk],
        },
        {
            "name": "Delivery",
            "questions": [{"question": "Is the build green?", "help": "Look at last week."}],
            "low_score_below": "2.5",
            "low_score_pages": [],
        },
    ]
    value = {"title": "Where are we?", "scale_labels": SCALE, "pillars": pillars}
    return ArtifactFactory.of(
        AssessmentPage,
        title="Maturity",
        slug="maturity-check",
        body=[{"type": "assessment", "value": value}],
    )


@pytest.fixture
def me():
    return person("Viewers", username="ada")


@pytest.fixture
def mine(client, me):
    client.force_login(me)
    return client


@pytest.fixture
def one(assessment, me):
    """A round that ``me`` opened and nobody has answered."""
    return services.begin(page=assessment, by=me, name="Spring")


def give(one, by, answers, **more):
    return services.answer(one=one, by=by, answers=answers, seen=0, give=True, **more)


def invited(one, lead, count):
    people = [person("Viewers") for _ in range(count)]
    for somebody in people:
        services.invite(one=one, by=lead, person=somebody)
    return people
