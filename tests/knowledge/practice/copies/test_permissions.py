"""Who sees, changes and keeps a copy; the list of one's own."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge.catalog.permissions import access_for
from knowledge.practice.copies import services
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.copies.permissions import may_read, readable
from knowledge.practice.errors import RunRefused
from tests.factories import close, group, person
from tests.knowledge.practice.copies.conftest import ANSWERS

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"copies:{name}", args=args)


def doors(copy) -> list[str]:
    return [
        url("copy", copy.pk),
        url("download", copy.pk, "md"),
        url("people", copy.pk),
        url("take_over", copy.pk),
    ]


def test_nobody_else_sees_a_copy_nor_that_it_is_there(client, copy) -> None:
    for door in doors(copy):
        assert client.get(door).status_code == 302
    client.force_login(person("Editors"))
    for door in doors(copy):
        assert client.get(door).status_code == 404
    assert client.post(url("delete", copy.pk)).status_code == 404
    assert copy.name not in client.get(url("index")).content.decode()


def test_an_open_copy_is_read_and_not_changed(client, copy, me) -> None:
    services.set_open(copy=copy, by=me, is_open=True)
    reader = person("Viewers")
    client.force_login(reader)
    shown = BeautifulSoup(client.get(url("copy", copy.pk)).content, "html.parser")
    assert shown.article
    assert not shown.select("form[data-fill], [name=_seen]")
    sent = {"_name": "X", "_seen": "1", "_do": "save"}
    client.post(url("copy", copy.pk), sent)
    copy.refresh_from_db()
    assert copy.name == "Billing goes live"
    assert client.get(url("people", copy.pk)).status_code == 403
    assert client.post(url("delete", copy.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        services.save(copy=copy, by=reader, seen=1, name="X", answers={})


def test_people_are_let_in_by_who_keeps_it_and_taken_out_again(mine, client, copy, me) -> None:
    other = person("Viewers", username="grace")
    assert (
        mine.post(url("people", copy.pk), {"_do": "share", "person": "nobody"}).status_code == 400
    )
    mine.post(url("people", copy.pk), {"_do": "share", "person": "grace"})
    client.force_login(other)
    sent = {"_name": "Ours", "_seen": "1", "_do": "save", "service": "Search"}
    assert client.post(url("copy", copy.pk), sent).status_code == 302
    assert "Ours" in client.get(url("index")).content.decode()
    with pytest.raises(PermissionDenied):
        services.share(copy=copy, by=other, person=person("Viewers"))
    client.force_login(me)
    client.post(url("people", copy.pk), {"_do": "withdraw", "person": str(other.pk)})
    client.force_login(other)
    assert client.get(url("copy", copy.pk)).status_code == 404


def test_who_is_taken_out_and_still_sees_it_is_not_said_to_be_blind(mine, copy, me) -> None:
    def taken_out() -> str:
        other = person("Viewers")
        services.share(copy=copy, by=me, person=other)
        sent = {"_do": "withdraw", "person": str(other.pk)}
        return mine.post(url("people", copy.pk), sent, follow=True).content.decode()

    assert "does not see it any more" in taken_out()
    services.set_open(copy=copy, by=me, is_open=True)
    said = taken_out()
    assert "does not see it any more" not in said
    assert "is taken out, but still sees it" in said


def test_who_may_not_read_the_template_gets_no_copy_and_loses_the_one_there_was(
    mine, template, copy, me
) -> None:
    close(template, group("Editors"))
    with pytest.raises(RunRefused, match="may not read"):
        services.share(copy=copy, by=me, person=person("Viewers"))
    assert mine.get(url("copy", copy.pk)).status_code == 404
    assert mine.get(url("new", template.pk)).status_code == 404


def test_of_an_unpublished_template_only_its_people_keep_the_copy(
    mine, client, template, copy, me
) -> None:
    services.set_open(copy=copy, by=me, is_open=True)
    template.unpublish()
    assert mine.get(url("copy", copy.pk)).status_code == 200
    client.force_login(person("Viewers"))
    assert client.get(url("copy", copy.pk)).status_code == 404


def test_the_copy_outlives_its_template(mine, template, copy) -> None:
    template.delete()
    shown = mine.get(url("copy", copy.pk))
    assert shown.status_code == 200
    assert "Launch note" in shown.content.decode()
    assert mine.get(url("download", copy.pk, "md")).status_code == 200


def test_predicate_and_query_agree(template, copy, me) -> None:
    open_one = services.begin(page=template, by=me, name="Open", answers=ANSWERS)
    services.set_open(copy=open_one, by=me, is_open=True)
    people = [me, person("Viewers"), person("Editors"), person(is_superuser=True)]
    for step in ("published", "closed", "unpublished"):
        if step == "closed":
            close(template, group("Editors"))
        elif step == "unpublished":
            template.unpublish()
        for one in people:
            access = access_for(one)
            rows = FilledCopy.objects.select_related("artifact")
            seen = set(readable(rows, one, access))
            assert seen == {row for row in rows if may_read(row, one, access)}


def test_a_list_of_many_costs_no_more_and_is_paged(
    mine, template, me, copy, django_assert_num_queries
) -> None:
    mine.get(url("index"))
    with django_assert_num_queries(5) as few:
        mine.get(url("index"))
    for number in range(26):
        services.begin(page=template, by=me, name=f"Copy {number}", answers=ANSWERS)
    with django_assert_num_queries(len(few)):
        shown = BeautifulSoup(mine.get(url("index")).content, "html.parser")
    assert len(shown.select(".runs__run")) == 25
    assert shown.select_one("a[rel=next]")


def test_it_is_deleted_by_who_keeps_it(mine, copy) -> None:
    assert mine.get(url("delete", copy.pk)).status_code == 405
    mine.post(url("delete", copy.pk))
    assert not FilledCopy.objects.exists()
