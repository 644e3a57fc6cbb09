"""What is done above a closed section, or with its number, does not reach in."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail as mails
from wagtail.models import Comment, Page, PageSubscription

from knowledge.catalog.models import ChecklistPage, SopPage
from knowledge.governance.kpis.models import Kpi
from knowledge.governance.services.feedback import addresses_of
from search.models import BestBet
from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, UserFactory, person
from tests.knowledge.catalog.rights.helpers import SECRETS, rights

pytestmark = pytest.mark.django_db


def test_nothing_above_it_is_copied_with_it(client, outsider, section, inside):
    above = section.get_parent()
    assert not rights(outsider, above).can_copy()
    client.post(
        f"/admin/pages/{above.pk}/copy/",
        {
            "new_title": "A copy",
            "new_slug": "a-copy",
            "new_parent_page": above.get_parent().pk,
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    )
    assert Page.objects.filter(title="Zebrafish plan").count() == 1


def test_not_even_its_people_copy_it_into_the_open(section, inside):
    one = person("Editors")
    one.groups.add(Group.objects.get(name="Insiders"))
    assert not rights(one, section).can_copy()
    assert not rights(person("Administrators"), section.get_parent()).can_copy()
    assert rights(one, inside).can_copy()


@pytest.mark.parametrize(
    "door", ["/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={}"]
)
def test_what_is_above_it_is_not_deleted(client, outsider, section, inside, door):
    above = section.get_parent()
    assert not rights(outsider, above).can_delete()
    client.post(door.format(above.pk))
    assert Page.objects.filter(pk=inside.pk).exists()
    assert rights(person("Administrators"), above).can_delete()


def test_its_people_are_not_locked_out_from_above(outsider, section):
    assert not rights(outsider, section.get_parent()).can_set_view_restrictions()


def test_the_admin_api_only_reads(client, home):
    page = ArtifactFactory()
    client.force_login(person("Administrators"))
    for deed in ("copy", "delete", "move", "publish", "unpublish"):
        answer = client.post(f"/admin/api/main/pages/{page.pk}/action/{deed}/", {})
        assert answer.status_code == 404
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("number", ["{}", "0{}", " {}", "%2B{}"])
def test_its_number_tells_nothing(client, outsider, section, inside, number):
    page = ArtifactFactory(parent=section.get_parent(), slug="beside")
    number = number.format(inside.pk)
    for address in (
        f"/admin/choose-page/chosen-multiple/?id={number}",
        f"/admin/bulk/wagtailcore/page/unpublish/?id={number}&id={page.pk}",
        f"/admin/bulk/wagtailcore/page/move/?id={page.pk}&chooser={number}",
        f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={section.pk}",
        f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={section.get_parent().pk}",
        "/admin/bulk/wagtailcore/page/delete/?id=all",
        f"/admin/search-words/try/?q=plan&first={number}",
        f"/admin/pages/{inside.pk}/revisions/compare/earliest...latest/",
        "/admin/reports/page-types-usage/",
        "/admin/review-queue/",
    ):
        shown = client.get(address, follow=True).content.decode().lower()
        assert not [words for words in SECRETS if words in shown], address
    for address, said in (
        (f"/admin/pages/{page.pk}/copy/", {"new_parent_page": section.pk}),
        (f"/admin/artifacts/{page.pk}/supersede/", {"successor": inside.pk}),
        ("/admin/snippets/search/bestbet/add/", {"words": "plan", "artifact": inside.pk}),
        ("/admin/pages/create/catalog/articlepage/", {"parent_page": section.pk}),
    ):
        answer = client.post(address, said)
        assert answer.status_code in (302, 404), address
        assert "zebrafish" not in answer.content.decode().lower(), address


def test_publishing_what_is_above_it_leaves_its_drafts_alone(client, outsider, section):
    draft = ArtifactFactory(parent=section, title="Zebrafish plan", draft=True, body=[])
    beside = ArtifactFactory(parent=section.get_parent(), title="Beside", slug="beside", draft=True)
    door = f"/admin/bulk/wagtailcore/page/publish/?id={section.get_parent().pk}&next=/admin/"
    shown = client.post(door, {"include_descendants": "on"}, follow=True).content.decode()
    assert "Zebrafish" not in shown
    assert Page.objects.get(pk=beside.pk).live
    assert not Page.objects.get(pk=draft.pk).live


def test_its_best_bets_are_its_own(client, outsider, inside):
    bet = BestBet.objects.create(words="zebrafish budget", artifact=inside)
    for deed in ("edit", "copy", "delete", "history", "usage"):
        address = f"/admin/snippets/search/bestbet/{deed}/{bet.pk}/"
        assert client.get(address).status_code == 404, deed
    assert client.get("/admin/snippets/choose/search/bestbet/").status_code == 404
    client.force_login(person("Administrators"))
    assert client.get(f"/admin/snippets/search/bestbet/edit/{bet.pk}/").status_code == 200


def test_indicators_do_not_name_it(client, outsider, inside):
    Kpi.objects.create(name="Cells", slug="cells", artifact=inside)
    outsider.groups.get().permissions.add(Permission.objects.get(codename="view_kpi"))
    shown = client.get("/admin/snippets/governance_kpis/kpi/").content.decode()
    assert "Cells" in shown and "(Private page)" in shown
    assert "Zebrafish" not in shown


def test_a_number_that_no_page_can_have_is_not_found(client, outsider, section):
    for address in (f"/admin/pages/{10**30}/edit/", f"/admin/choose-page/{10**30}/"):
        assert client.get(address).status_code in (302, 404)


def test_the_edit_form_takes_and_names_none_of_it(client, outsider, section, inside):
    page = ArtifactFactory(parent=section.get_parent(), slug="beside")
    form = guide_form(title="Beside", slug="beside", owner_user=outsider.pk)
    address = f"/admin/pages/{page.pk}/edit/"
    shown = client.post(address, form | {"superseded_by": inside.pk}).content.decode()
    assert "zebrafish" not in shown.lower()
    assert not Page.objects.get(pk=page.pk).get_latest_revision_as_object().superseded_by
    # One that an insider has chosen stays, and is not named.
    page.superseded_by = inside
    page.save_revision().publish()
    shown = client.get(address).content.decode()
    assert "zebrafish" not in shown.lower()
    assert "(Private page)" in shown
    client.post(address, form | {"superseded_by": inside.pk, "bottom_line": "Another."})
    kept = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.superseded_by_id, kept.bottom_line) == (inside.pk, "Another.")


def test_no_field_or_block_of_a_form_names_it(client, outsider, section):
    checklist = ChecklistPage(title="Zebrafish checklist", slug="zebra", bottom_line="Look.")
    section.add_child(instance=checklist)
    body = [{"type": "related", "value": {"links": [{"page": checklist.pk}]}}]
    page = SopPage(title="Beside", slug="beside", bottom_line="Do.", linked_checklist=checklist)
    page.body = json.dumps(body)
    section.get_parent().add_child(instance=page)
    page.save_revision()
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Zebrafish" not in shown
    assert shown.count("(Private page)") >= 2


def test_the_history_of_a_page_that_left_it_does_not_name_it(client, outsider, section, inside):
    out = section.get_parent()
    insider = UserFactory(administrator=True)
    inside.move(out, pos="last-child", user=insider)
    copy = Page.objects.get(pk=inside.pk).specific
    address = f"/admin/pages/{copy.pk}/history/"
    shown = client.get(address).content.decode()
    assert "(Private page)" in shown
    assert "zebrafish room" not in shown
    client.force_login(insider)
    assert "Closed zebrafish room" in client.get(address).content.decode()


def test_who_took_part_before_it_was_closed_is_written_nothing_of_it(client, outsider, inside):
    insider = UserFactory(administrator=True)
    Comment.objects.create(page=inside, user=outsider, text="Mine", contentpath="title")
    client.force_login(insider)
    form = guide_form(title=inside.title, slug=inside.slug, owner_user=insider.pk)
    form |= {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": "Secret zebrafish words",
        "comments-0-contentpath": "title",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comment_notifications": "on",
    }
    PageSubscription.objects.create(page=inside, user=outsider, comment_notifications=True)
    client.post(f"/admin/pages/{inside.pk}/edit/", form)
    (mail,) = [one for one in mails.outbox if one.to == [outsider.email]]
    assert "zebrafish" not in f"{mail.subject} {mail.body}".lower()
    assert "closed" in mail.subject


def test_who_owns_it_without_a_way_in_is_not_written_to(outsider, inside):
    inside.owner_user = outsider
    assert addresses_of(inside) == []
    outsider.groups.add(Group.objects.get(name="Insiders"))
    assert addresses_of(inside) == [outsider.email]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/search-words/try/?q=a&first=x",
        "/admin/bulk/wagtailcore/page/delete/?id=all&childOf=x",
        "/admin/bulk/wagtailcore/page/delete/?id=all&childOf=99999999",
        f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={10**30}",
    ],
)
def test_a_number_that_is_none_is_not_found(client, outsider, address):
    assert client.get(address).status_code in (302, 404)
