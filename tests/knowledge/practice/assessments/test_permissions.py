"""Who sees a round, and who sees what came of it."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge.catalog.permissions import access_for
from knowledge.practice.assessments import services
from knowledge.practice.assessments.models import Round
from knowledge.practice.assessments.permissions import may_read, readable
from knowledge.practice.errors import RunRefused
from tests.factories import close, group, person, team
from tests.knowledge.practice.assessments.conftest import HIGH, LOW, give, invited

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"assessments:{name}", args=args)


def has_result(client, one) -> bool:
    answer = client.get(url("round", one.pk))
    exported = client.get(url("export", one.pk, "json")).status_code == 200
    shown = bool(BeautifulSoup(answer.content, "html.parser").select(".assess__table"))
    assert shown == exported
    return shown


def test_nobody_else_sees_a_round(client, one) -> None:
    doors = [url("round", one.pk), url("answer", one.pk), url("export", one.pk, "csv")]
    for door in doors:
        assert client.get(door).status_code == 302
    client.force_login(person("Editors"))
    for door in doors:
        assert client.get(door).status_code == 404
    for name in ("invite", "close", "delete"):
        assert client.post(url(name, one.pk)).status_code == 404
    assert one.name not in client.get(url("index")).content.decode()


def test_below_three_answers_nobody_sees_what_another_said(client, one, me) -> None:
    first, second, third = invited(one, me, 3)
    client.force_login(me)
    give(one, first, LOW)
    # With one answer the mean is that person's, even to the one who asked.
    assert not has_result(client, one)
    give(one, second, HIGH)
    assert not has_result(client, one)
    assert "So far: 2." in client.get(url("round", one.pk)).content.decode()
    give(one, me, LOW)
    assert has_result(client, one)
    client.force_login(first)
    assert has_result(client, one)
    client.force_login(third)
    # Not before one's own answer, so that nobody answers after the others.
    assert not has_result(client, one)
    services.close(one=one, by=me)
    assert has_result(client, one)


def test_who_alone_has_answered_the_own_round_sees_it(client, one, me) -> None:
    (other,) = invited(one, me, 1)
    give(one, me, LOW)
    client.force_login(me)
    assert has_result(client, one)
    give(one, other, HIGH)
    assert not has_result(client, one)


def test_nobody_is_shown_the_answers_of_another(client, one, me) -> None:
    (other,) = invited(one, me, 1)
    give(one, me, LOW)
    client.force_login(other)
    form = BeautifulSoup(client.get(url("answer", one.pk)).content, "html.parser")
    assert not form.select("[checked]")


def test_only_who_opened_it_invites_closes_and_deletes(client, one, me) -> None:
    (other,) = invited(one, me, 1)
    client.force_login(other)
    for name in ("invite", "close", "delete"):
        assert client.post(url(name, one.pk), {"person": "ada"}).status_code == 403
    with pytest.raises(PermissionDenied):
        services.close(one=one, by=other)
    client.force_login(me)
    assert client.post(url("invite", one.pk), {"person": "nobody"}).status_code == 400
    client.post(url("delete", one.pk))
    assert not Round.objects.exists()


def test_what_somebody_opened_who_is_gone_is_ended_by_who_takes_part(client, one, me) -> None:
    first, second = invited(one, me, 2)
    give(one, second, LOW)
    me.is_active = False
    me.save()
    client.force_login(first)
    shown = client.get(url("round", one.pk)).content.decode()
    assert url("close", one.pk) in shown
    # What others have answered is not thrown away by one of them.
    assert url("delete", one.pk) not in shown
    assert client.post(url("delete", one.pk)).status_code == 403
    assert not has_result(client, one)
    client.post(url("close", one.pk))
    one.refresh_from_db()
    assert not one.is_running
    client.force_login(person(is_superuser=True))
    client.post(url("delete", one.pk))
    assert not Round.objects.exists()


def test_what_somebody_opened_for_a_team_and_is_gone_is_ended_by_its_leads(
    client, assessment, me
) -> None:
    lead, member = person("Viewers"), person("Viewers")
    ours = team(lead, member, me)
    one = services.begin(page=assessment, by=me, name="Ours", team=ours)
    client.force_login(lead)
    assert client.post(url("close", one.pk)).status_code == 403
    me.delete()
    client.force_login(member)
    assert client.post(url("close", one.pk)).status_code == 403
    client.force_login(lead)
    client.post(url("delete", one.pk))
    assert not Round.objects.exists()


def test_who_may_not_read_the_assessment_is_not_invited_and_loses_the_round(
    client, assessment, one, me
) -> None:
    close(assessment, group("Editors"))
    with pytest.raises(RunRefused, match="may not read"):
        services.invite(one=one, by=me, person=person("Viewers"))
    client.force_login(me)
    assert client.get(url("round", one.pk)).status_code == 404


def test_an_open_round_is_answered_by_everyone_who_may_read_it(client, assessment, me) -> None:
    one = services.begin(page=assessment, by=me, name="All", is_open=True)
    client.force_login(person("Viewers"))
    client.post(url("answer", one.pk), HIGH | {"_seen": "0", "_do": "give"})
    assert one.sheets.count() == 1
    assert one.name in client.get(url("index")).content.decode()


def test_predicate_and_query_agree(assessment, one, me) -> None:
    services.begin(page=assessment, by=me, name="All", is_open=True)
    people = [me, person("Viewers"), person("Editors"), person(is_superuser=True)]
    for step in ("published", "closed", "unpublished"):
        if step == "closed":
            close(assessment, group("Editors"))
        elif step == "unpublished":
            assessment.unpublish()
        for somebody in people:
            access = access_for(somebody)
            rows = Round.objects.select_related("artifact")
            seen = set(readable(rows, somebody, access))
            assert seen == {row for row in rows if may_read(row, somebody, access)}


def test_list_and_page_cost_the_same_whatever_there_is(
    client, assessment, one, me, django_assert_max_num_queries
) -> None:
    client.force_login(me)
    give(one, me, LOW)
    pages = [url("index"), url("round", one.pk)]
    counts = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(14) as few:
            client.get(page)
        counts.append(len(few))
    for person_of_many in invited(one, me, 5):
        give(one, person_of_many, HIGH)
    for number in range(27):
        give(services.begin(page=assessment, by=me, name=f"Round {number}"), me, LOW)
    for page, count in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(count):
            shown = BeautifulSoup(client.get(page).content, "html.parser")
        assert len(shown.select(".runs__run")) in (0, 25)
