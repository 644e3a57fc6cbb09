"""Filled copies by the API: begun, saved, finished; errors by field, conflicts with the state."""

from typing import Any

import pytest

from knowledge.practice.copies import services
from knowledge.practice.copies.models import FilledCopy
from tests.factories import ArtifactFactory, machine, person
from tests.knowledge.practice.copies.conftest import ANSWERS, FIELDS, publish

pytestmark = pytest.mark.django_db
API = "/api/v1/copies/"


def begin(user: Any, template: Any, answers: Any = None, **more: Any) -> Any:
    said = {"artifact": template.pk, "name": "Billing", "answers": answers or {}}
    return machine(user).post(API, said | more, format="json")


def test_from_the_template_to_the_document(template: Any, me: Any) -> None:
    draft = begin(me, template)
    assert draft.status_code == 201
    body = draft.json()
    assert [one["key"] for one in body["fields_asked"]] == ["service", "live", "parts"]
    assert body["fields_asked"][2]["options"] == ["web", "api"]
    assert list(body["missing"]) == ["service"]
    client, url = machine(me), f"{API}{body['id']}/"
    early = client.post(f"{url}finish/", {"revision": 1}, format="json")
    assert list(early.json()["errors"]["answers"]) == ["service"]
    saved = client.patch(url, {"revision": 1, "answers": ANSWERS}, format="json").json()
    assert (saved["revision"], saved["missing"], saved["name"]) == (2, {}, "Billing")
    done = client.post(f"{url}finish/", {"revision": 2}, format="json").json()
    assert (done["state"], done["revision"]) == ("finished", 3)
    assert done["markdown"].startswith("# Billing")
    late = client.patch(url, {"revision": 3, "answers": {}}, format="json")
    assert late.status_code == 400
    again = client.post(f"{url}reopen/", {"revision": 3}, format="json").json()
    assert (again["state"], again["answers"]) == ("draft", ANSWERS)


def test_nobody_overwrites_what_they_have_not_seen(copy: FilledCopy, me: Any) -> None:
    services.save(copy=copy, by=me, seen=1, name="Newer", answers={"service": "Other"})
    url = f"{API}{copy.pk}/"
    answer = machine(me).patch(url, {"revision": 1, "answers": ANSWERS}, format="json")
    assert answer.status_code == 409
    current = answer.json()["current"]
    assert (current["name"], current["revision"]) == ("Newer", 2)
    assert current["answers"] == {"service": "Other"}


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"unknown": "x"}, "unknown"),
        ({"service": {"deep": 1}}, "service"),
        ({"parts": [["a", ["b"]]]}, "parts"),
        ({"service": "x" * 20_001}, "service"),
        ({"service": "a\x00b"}, "service"),
    ],
)
def test_what_no_form_holds_is_told_at_its_key(
    template: Any, me: Any, answers: Any, key: str
) -> None:
    answer = begin(me, template, answers)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]["answers"]) == [key]
    assert not FilledCopy.objects.exists()


def test_numbers_and_booleans_are_what_a_form_sends(template: Any, me: Any) -> None:
    kinds = [
        {"key": "many", "label": "How many", "kind": "number"},
        {"key": "safe", "label": "Safe", "kind": "yes_no"},
    ]
    publish(template, kinds, source="{{ many }}: {{ safe }}")
    made = begin(me, template, {"many": 12.5, "safe": True}).json()
    assert made["answers"] == {"many": "12.5", "safe": "yes"}
    assert made["markdown"] == "12.5: Yes"
    assert made["missing"] == {}


def test_only_its_people_see_and_change_it(copy: FilledCopy, me: Any) -> None:
    other = machine(person("Viewers"))
    url = f"{API}{copy.pk}/"
    assert other.get(url).status_code == 404
    assert other.get(API).json()["results"] == []
    copy.is_open = True
    copy.save()
    assert other.get(url).json()["may_change"] is False
    refused = other.patch(url, {"revision": 1, "answers": {}}, format="json")
    assert refused.status_code == 403
    assert other.get(f"{API}?mine=true").json()["results"] == []


def test_it_tells_when_its_template_moved_on(copy: FilledCopy, template: Any, me: Any) -> None:
    assert machine(me).get(f"{API}{copy.pk}/").json()["newer_version"] is None
    publish(template, FIELDS)
    assert machine(me).get(f"{API}{copy.pk}/").json()["newer_version"] == "1.1"


def test_the_answers_go_over_to_a_newer_version(copy: FilledCopy, template: Any, me: Any) -> None:
    url, client = f"{API}{copy.pk}/take-over/", machine(me)
    none = client.post(url, {"revision": 1}, format="json")
    assert (none.status_code, client.get(url).status_code) == (400, 400)
    assert "no newer version" in str(none.json())
    publish(template, [FIELDS[0], {"key": "who", "label": "Who", "kind": "text"}])
    before = client.get(url).json()
    assert (before["kept"], before["new"]) == (["service"], ["Who"])
    assert [label for label, _said in before["lost"]] == ["Live on", "Parts"]
    stale = client.post(url, {"revision": 7}, format="json")
    assert (stale.status_code, stale.json()["current"]["version"]) == (409, "1.0")
    after = client.post(url, {"revision": 1}, format="json").json()
    assert (after["version"], after["state"], after["revision"]) == ("1.1", "draft", 2)
    assert after["answers"] == {"service": "Billing"}
    assert [one["label"] for one in after["left_over"]] == ["Live on", "Parts"]
    forgotten = client.post(f"{API}{copy.pk}/forget/", {"revision": 2}, format="json").json()
    assert forgotten["left_over"] == []


def test_who_reads_a_copy_takes_nothing_over(copy: FilledCopy, template: Any) -> None:
    publish(template, FIELDS)
    url, other = f"{API}{copy.pk}/", machine(person("Viewers"))
    assert other.post(f"{url}take-over/", {"revision": 1}, format="json").status_code == 404
    services.set_open(copy=copy, by=copy.owner, is_open=True)
    assert other.post(f"{url}take-over/", {"revision": 1}, format="json").status_code == 403
    assert other.post(f"{url}forget/", {"revision": 1}, format="json").status_code == 403


def test_only_who_keeps_it_deletes_it(copy: FilledCopy, me: Any) -> None:
    other, url = person("Viewers"), f"{API}{copy.pk}/"
    assert machine(other).delete(url).status_code == 404
    services.share(copy=copy, by=me, person=other)
    assert machine(other).delete(url).status_code == 403
    for _time in range(2):
        gone = machine(me).delete(url, HTTP_IDEMPOTENCY_KEY="gone")
        assert (gone.status_code, gone.content) == (204, b"")
    assert not FilledCopy.objects.exists()


def test_only_templates_are_filled(me: Any, home: Any) -> None:
    assert "artifact" in begin(me, ArtifactFactory()).json()["errors"]


def test_queries_do_not_grow(template: Any, me: Any, django_assert_num_queries: Any) -> None:
    client = machine(me)
    begin(me, template)
    client.get(API)
    with django_assert_num_queries(3):
        client.get(API)
    for _number in range(4):
        begin(me, template)
    with django_assert_num_queries(3):
        client.get(API)
