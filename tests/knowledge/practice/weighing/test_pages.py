"""From the matrix of the page to the record: opened, scored by several, decided, approved."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge.catalog.models import DecisionFrameworkPage
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.models import Decision
from knowledge.practice.weighing import services
from knowledge.practice.weighing.models import Weighing
from knowledge.practice.weighing.permissions import may_read, readable
from knowledge.practice.work import morning
from tests.factories import ArtifactFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
SCORES = {"0.0": "5", "0.1": "3", "1.0": "3", "1.1": "4"}


def url(name: str, *args) -> str:
    return reverse(f"weighing:{name}", args=args)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def framework():
    matrix = {
        "title": "Which model?",
        "scale_max": 5,
        "criteria": [
            {"name": "Quality", "weight": "3", "help": "Of 200 cases"},
            {"name": "Cost", "weight": "2"},
        ],
        "options": [
            {
                "name": name,
                "scores": [
                    {"criterion": "Quality", "score": "4", "reason": "Tried in March"},
                    {"criterion": "Cost", "score": "2"},
                ],
            }
            for name in ("Large", "Small")
        ],
    }
    limit = {
        "measure": "Cost a month",
        "comparison": "gt",
        "limit": "2000",
        "unit": "EUR",
        "consequence": "Product lead signs",
        "escalate_to_role": "Product lead",
    }
    right = {"decision": "Use a model", "decides_role": "Team lead"}
    return ArtifactFactory.of(
        DecisionFrameworkPage,
        title="Models",
        body=[
            {"type": "decision_matrix", "value": matrix},
            {"type": "thresholds", "value": {"thresholds": [limit]}},
            {"type": "decision_rights", "value": {"rights": [right]}},
        ],
    )


@pytest.fixture
def me():
    return person("Viewers", username="ada")


@pytest.fixture
def mine(client, me):
    client.force_login(me)
    return client


def begin(framework, by, **more) -> Weighing:
    fields = {"name": "Support desk", "weights": ["3", "2"], "options": ["Large", "Small"]}
    return services.begin(page=framework.specific, by=by, **fields | more)


@pytest.fixture
def row(framework, me) -> Weighing:
    return begin(framework, me)


def decide(row, by, framework, **more) -> Decision:
    fields = {"option": "Large", "reason": ""}
    return services.decide(row=row, by=by, page=framework.specific, **fields | more)


def test_from_the_page_to_the_record(mine, framework, me) -> None:
    assert url("start", framework.pk) in mine.get(framework.url).content.decode()
    form = soup(mine.get(url("start", framework.pk)))
    assert form.select_one("[name=options]").text.split() == ["Large", "Small"]
    assert form.select_one("[name=weight_0]")["value"] == "3"
    sent = {"name": "Support", "options": "Large\nOther", "weight_0": "3", "weight_1": "2"}
    mine.post(url("start", framework.pk), sent)
    row = Weighing.objects.get()
    shown = soup(mine.get(url("show", row.pk)))
    assert shown.select_one("[name='0.0']")["value"] == "4"
    assert "Tried in March" in shown.text
    assert shown.select_one("[name='1.0']")["value"] == ""
    mine.post(url("show", row.pk), SCORES | {"_seen": "0"})
    shown = soup(mine.get(url("show", row.pk)))
    assert [one.th.text for one in shown.select(".weigh__table tbody tr")] == ["Large", "Other"]
    text = " ".join(shown.text.split())
    assert "“Large” leads “Other” by 0.8." in text
    assert "when “Quality” counts 33.3% instead of 60%" in text
    assert "the score of “Other” by “Quality” is 1.33 higher" in text
    answer = mine.post(url("decide", row.pk), {"option": "Large", "measured_0": "900"})
    decision = Decision.objects.get()
    assert answer["Location"] == reverse("practice:decision", args=[decision.pk])
    assert (decision.outcome, decision.state, decision.version) == ("Large", "accepted", "1.0")
    page = soup(mine.get(answer["Location"])).text
    assert "33.3%" in page
    assert "900 EUR" in page
    assert "It is decided" in mine.get(url("show", row.pk)).content.decode()


def test_several_score_and_see_how_far_they_lie_apart(mine, client, row, me) -> None:
    other = person("Viewers", username="grace")
    mine.post(url("invite", row.pk), {"person": "grace"})
    services.score(row=row, by=me, scores=SCORES, seen=0)
    client.force_login(other)
    shown = soup(client.get(url("show", row.pk)))
    assert not shown.select(".weigh__table")
    assert "1 person has scored" in shown.text
    client.post(url("show", row.pk), SCORES | {"0.0": "1", "_seen": "0"})
    cells = [
        one.get_text(" ", strip=True)
        for one in soup(client.get(url("show", row.pk))).select(".weigh__table tbody td")
    ]
    assert "3 far apart: 1 to 5, deviation 2.0" in cells
    assert "4 all the same" in cells


@pytest.mark.parametrize(
    "wrong", ["", "6", "-1", "1,400", "many", "NaN", "1e9", "{{7*7}}", "9" * 40]
)
def test_a_score_off_the_scale_is_refused_and_nothing_is_lost(mine, row, wrong) -> None:
    answer = mine.post(url("show", row.pk), SCORES | {"0.0": wrong, "_seen": "0"})
    assert answer.status_code == 400
    assert soup(answer).select_one("[name='1.1']")["value"] == "4"
    assert not row.sheets.exists()


def test_who_saves_second_is_told(mine, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    with pytest.raises(ChangedMeanwhile):
        services.score(row=row, by=me, scores=SCORES, seen=0)
    answer = mine.post(url("show", row.pk), SCORES | {"0.0": "1", "_seen": "0"})
    assert answer.status_code == 400
    assert soup(answer).select_one("[name='0.0']")["value"] == "1"
    assert row.sheets.get().scores["0.0"] == "5"


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("options", {"options": "One"}),
        ("options", {"options": "\n".join(f"Option {n}" for n in range(13))}),
        ("weight_0", {"weight_0": ""}),
        ("name", {"name": " "}),
    ],
)
def test_what_cannot_be_weighed_is_refused_at_its_field(mine, framework, field, sent) -> None:
    data = {"name": "A", "options": "One\nTwo", "weight_0": "1", "weight_1": "1"}
    answer = mine.post(url("start", framework.pk), data | sent)
    assert answer.status_code == 400
    assert soup(answer).select_one(f"#id_{field}_error")
    for weights in ("-1", "many", "1,400"):
        answer = mine.post(url("start", framework.pk), data | {"weight_0": weights})
        assert "must be a number from 0 on" in answer.content.decode()


def test_another_than_the_first_needs_a_reason(mine, framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    answer = mine.post(url("decide", row.pk), {"option": "Small"})
    assert answer.status_code == 400
    assert soup(answer).select_one("#id_reason_error")
    decision = decide(row, me, framework, option="Small", reason="It runs here")
    assert "It runs here" in [one["reason"] for one in decision.trail]


def test_a_decision_right_names_who_approves(framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    with pytest.raises(RunRefused, match="Team lead"):
        decide(row, me, framework, right="Team lead")
    with pytest.raises(RunRefused):
        decide(row, me, framework, right="Emperor", approver=me)
    boss = person("Viewers")
    decision = decide(row, me, framework, right="Team lead", approver=boss)
    assert (decision.state, decision.approver, decision.approver_role) == (
        "proposed",
        boss,
        "Team lead",
    )


def test_a_threshold_that_is_crossed_escalates(framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    with pytest.raises(RunRefused, match="must be a number"):
        decide(row, me, framework, measured=["many"])
    boss = person("Viewers")
    decision = decide(row, me, framework, right="Team lead", measured=["2000,5"], approver=boss)
    assert (decision.approver_role, decision.escalate_to_role) == ("Product lead", "Product lead")
    assert decision.trail[-1]["reason"] == "Product lead signs"


def test_what_may_be_thousands_does_not_stay_under_a_threshold(mine, framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    answer = mine.post(url("decide", row.pk), {"option": "Large", "measured_0": "2,400"})
    assert answer.status_code == 400
    assert "“Cost a month” must be a number." in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_mail_is_promised_only_to_who_gets_one(mine, row) -> None:
    person("Viewers", username="grace")
    person("Viewers", username="alan", email="")
    morning.choose(by=person("Viewers", username="edsger"), wanted=False)
    for name, is_told in (("grace", True), ("alan", False), ("edsger", False)):
        answer = mine.post(url("invite", row.pk), {"person": name}, follow=True)
        text = answer.content.decode()
        assert "Invited." in text
        assert ("A mail tells" in text) == is_told


def test_the_right_and_what_is_crossed_both_approve(mine, framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    boss, lead = person("Viewers", username="boss"), person("Viewers", username="lead")
    sent = {"option": "Large", "right": "Team lead", "measured_0": "2001", "approver_0": "lead"}
    refused = mine.post(url("decide", row.pk), sent)
    assert refused.status_code == 400
    assert "Product lead" in soup(refused).select_one("#id_approver_error").text
    labels = [one.text for one in soup(refused).select("label[for^=id_approver_]")]
    assert labels == ["As “Team lead”", "As “Product lead”"]

    mine.post(url("decide", row.pk), {**sent, "approver": "boss"})

    decision = Decision.objects.get()
    asked = {one.role: one.person for one in decision.approvals.all()}
    assert asked == {"Product lead": boss, "Team lead": lead}


def test_it_takes_the_place_of_an_earlier_decision(mine, framework, row, me) -> None:
    services.score(row=row, by=me, scores=SCORES, seen=0)
    first = decide(row, me, framework)
    link = f"{url('start', framework.pk)}?supersedes={first.pk}"
    assert link in mine.get(reverse("practice:decision", args=[first.pk])).content.decode()
    data = {"name": "Again", "options": "Large\nSmall", "weight_0": "1", "weight_1": "1"}
    mine.post(link, data)
    again = Weighing.objects.get(name="Again")
    services.score(row=again, by=me, scores=SCORES, seen=0)
    second = decide(again, me, framework)
    first.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)


def test_it_is_decided_once_by_who_opened_it(mine, client, framework, row, me) -> None:
    other = person("Viewers")
    services.invite(row=row, by=me, person=other)
    assert mine.get(url("decide", row.pk)).status_code == 404
    services.score(row=row, by=me, scores=SCORES, seen=0)
    services.score(row=row, by=other, scores=SCORES, seen=0)
    client.force_login(other)
    assert client.get(url("decide", row.pk)).status_code == 403
    for name in ("invite", "delete"):
        assert client.post(url(name, row.pk), {"person": "ada"}).status_code == 403
    with pytest.raises(PermissionDenied):
        decide(row, other, framework)
    made = decide(row, me, framework)
    with pytest.raises(RunRefused):
        decide(row, me, framework)
    # Sent twice: to what was decided.
    assert mine.post(url("decide", row.pk)).url.endswith(f"/{made.pk}/")
    with pytest.raises(RunRefused):
        services.score(row=row, by=me, scores=SCORES, seen=1)


def test_when_who_opened_it_is_gone_one_of_its_people_decides(client, framework, row, me) -> None:
    first, second = person("Viewers"), person("Viewers")
    for somebody in (first, second):
        services.invite(row=row, by=me, person=somebody)
    services.score(row=row, by=second, scores=SCORES, seen=0)
    me.is_active = False
    me.save()
    client.force_login(first)
    # Who decides in the place of somebody else scores before seeing what others say, as all do.
    assert client.get(url("decide", row.pk)).status_code == 404
    with pytest.raises(RunRefused, match="Score it yourself"):
        decide(row, first, framework, option="Small")
    services.score(row=row, by=first, scores=SCORES, seen=0)
    page = client.get(url("show", row.pk)).content.decode()
    assert url("decide", row.pk) in page
    assert url("delete", row.pk) not in page
    assert client.post(url("delete", row.pk)).status_code == 403
    sent = {"option": "Large", "approver": second.get_username()}
    assert client.post(url("decide", row.pk), sent).status_code == 302
    assert Decision.objects.get().decided_by == first


def test_words_of_people_stay_words(mine, framework, me) -> None:
    row = begin(framework, me, name=HOSTILE[:60], options=[HOSTILE, "Small"])
    services.score(row=row, by=me, scores=SCORES, seen=0)
    decision = decide(row, me, framework, option=HOSTILE, reason=HOSTILE)
    for page in (url("show", row.pk), reverse("practice:decision", args=[decision.pk])):
        shown = soup(mine.get(page))
        assert not shown.select("main script, main img")
        assert HOSTILE in " ".join(shown.text.split())


def test_nobody_else_sees_it(client, row, framework) -> None:
    doors = [url("show", row.pk), url("decide", row.pk)]
    for door in doors:
        assert client.get(door).status_code == 302
    client.force_login(person("Editors"))
    for door in doors:
        assert client.get(door).status_code == 404
    assert client.post(url("delete", row.pk)).status_code == 404
    assert row.name not in client.get(url("index")).content.decode()
    close(framework, group("Administrators"))
    assert client.get(url("start", framework.pk)).status_code == 404


def test_predicate_and_query_agree(framework, row, me) -> None:
    begin(framework, me, name="Open", is_open=True)
    people = [me, person("Viewers"), person("Editors"), person(is_superuser=True)]
    for step in ("published", "closed", "unpublished"):
        if step == "closed":
            close(framework, group("Editors"))
        elif step == "unpublished":
            framework.unpublish()
        for one in people:
            access = access_for(one)
            rows = Weighing.objects.select_related("artifact")
            assert set(readable(rows, one, access)) == {
                each for each in rows if may_read(each, one, access)
            }


def test_the_list_costs_the_same_whatever_there_is(
    mine, framework, row, me, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    mine.get(url("index"))
    with django_assert_max_num_queries(10) as few:
        mine.get(url("index"))
    for number in range(26):
        begin(framework, me, name=f"Case {number}")
    with django_assert_num_queries(len(few)):
        assert len(soup(mine.get(url("index"))).select(".runs__run")) == 25
