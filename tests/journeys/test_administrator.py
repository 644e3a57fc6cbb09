"""An administrator looks after rights, vocabularies and what readers say."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from knowledge.catalog.models import Industry, Tag
from knowledge.governance.models import Feedback
from tests.factories import ArtifactFactory, group, person

pytestmark = pytest.mark.django_db


def test_four_logins_have_four_different_powers(library, visitor) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[library["runbook"].pk])
    doors = {
        "the admin": "/admin/",
        "the page": edit,
        "people": reverse("wagtailusers_users:index"),
        "industries": "/admin/snippets/catalog/industry/",
        "feedback": "/admin/governance/feedback/",
    }
    open_to = {}
    for username in ("rosa", "carla", "emeka", "tomasz", "amara"):
        client = visitor(username).client
        open_to[username] = {
            name for name, url in doors.items() if client.get(url).status_code == 200
        }
    assert open_to == {
        "rosa": set(),
        "carla": {"the admin"},
        "emeka": {"the admin", "the page", "feedback"},
        "tomasz": {"the admin", "the page", "feedback"},
        "amara": set(doors),
    }
    # What an editor and a reviewer may do differs by adding pages.
    add = reverse("wagtailadmin_pages:add_subpage", args=[library["operations"].pk])
    assert visitor("emeka").client.get(add).status_code == 200
    assert visitor("tomasz").client.get(add).status_code == 302


def test_closes_a_section_to_a_group_and_opens_it_again(library, visitor) -> None:
    administrator, reader = visitor("amara"), visitor()
    section = library["operations"]
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[section.pk])
    runbook = library["runbook"].url
    assert reader.open(runbook).status == 200

    shown = administrator.client.get(privacy, headers={"X-Requested-With": "XMLHttpRequest"})
    assert "password" not in shown.json()["html"].lower()
    administrator.send(privacy, restriction_type="groups", groups=[group("Insiders").pk])

    assert reader.open(runbook).status == 404
    assert "Operations" not in reader.open("/").one("main").get_text()
    assert visitor("ines").open(runbook).status == 200

    administrator.send(privacy, restriction_type="none")
    assert reader.open(runbook).status == 200


def test_gives_a_group_rights_on_one_section(library, visitor) -> None:
    administrator = visitor("amara")
    writers = Group.objects.create(name="Operations writers")
    person("Operations writers", username="olga")
    page = administrator.open(reverse("wagtailusers_groups:edit", args=[writers.pk])).page
    form = {
        field["name"]: field.get("value", "")
        for field in page.select("form input[name]")
        if field.get("type") not in ("checkbox", "radio", "submit")
    }
    entry = page.find("input", {"type": "checkbox", "name": "permissions"}, value=True)
    assert entry is not None
    form |= {
        "name": "Operations writers",
        "permissions": [Permission.objects.get(codename="access_admin").pk],
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-0-page": library["operations"].pk,
        "page_permissions-0-permissions": ["add_page", "change_page"],
    }
    administrator.send(reverse("wagtailusers_groups:edit", args=[writers.pk]), **form)

    assert GroupPagePermission.objects.filter(group=writers).count() == 2
    assert (
        library["operations"]
        .permissions_for_user(type(library["owner"]).objects.get(username="olga"))
        .can_edit()
    )
    olga = visitor("olga")
    assert olga.open(reverse("wagtailadmin_pages:edit", args=[library["runbook"].pk])).status == 200
    hidden = reverse("wagtailadmin_pages:edit", args=[library["hidden"].pk])
    assert olga.open(hidden).status == 404


def test_adds_an_industry_and_readers_browse_it(library, visitor) -> None:
    administrator, reader = visitor("amara"), visitor()
    administrator.send(
        "/admin/snippets/catalog/industry/add/",
        name="Robotics",
        slug="robotics",
        description="",
        position="1",
    )
    ArtifactFactory(title="Calibrate an arm", industries=[Industry.objects.get(slug="robotics")])
    assert "Calibrate an arm" in reader.open("/industries/robotics/").text


def test_reads_what_readers_said_and_who_did_what(library, visitor) -> None:
    visitor().send(
        reverse("governance:feedback", args=[library["runbook"].pk]),
        sort="suggestion",
        text="Name the bucket.",
    )
    administrator = visitor("amara")
    assert "Name the bucket." in administrator.open("/admin/governance/feedback/").text
    feedback = Feedback.objects.get()
    administrator.send(f"/admin/governance/feedback/edit/{feedback.pk}/", state="done")
    feedback.refresh_from_db()
    assert feedback.state == "done"

    library["runbook"].save_revision(user=library["owner"]).publish(user=library["owner"])
    history = administrator.open("/admin/reports/site-history/")
    assert "Restore the database" in history.text
    exported = administrator.client.get("/admin/reports/site-history/?export=csv")
    assert exported.status_code == 200
    assert Tag.objects.filter(name="backups").exists()
