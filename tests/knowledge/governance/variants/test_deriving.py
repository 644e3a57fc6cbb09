"""Deriving a variant: who may, where, and what comes of it."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.catalog.models import GuidePage
from knowledge.governance.services import lifecycle, moderation
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.services import deriving
from knowledge.practice.teams import services as teams
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    SectionFactory,
    close,
    group,
    person,
)
from tests.knowledge.governance.variants.conftest import BODY, body_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def new(page) -> str:
    return f"/variants/new/{page.pk}/"


class TestDeriving:
    def test_makes_a_draft_of_the_same_kind_with_the_same_parts(self, standard, derive, keeper):
        variant = derive(standard, live=False)

        page = GuidePage.objects.get(pk=variant.page_id)
        assert not page.live
        assert (page.title, page.version, page.owner_user) == ("How Payments talks", "0.0", keeper)
        assert [one["id"] for one in body_of(page)] == [one["id"] for one in BODY]
        assert (variant.parent_id, variant.derived_from) == (standard.pk, "1.0")
        assert variant.base.number == variant.live_base.number == "1.0"
        assert PageLogEntry.objects.filter(
            page=page.pk, action="governance.variant_derived"
        ).exists()

    def test_takes_what_is_live_and_not_the_draft_of_the_standard(self, standard, derive):
        standard.title = "Not yet"
        standard.bottom_line = "Not yet"
        standard.save_revision()

        page = derive(standard, live=False).page.get_latest_revision_as_object()

        assert page.bottom_line == GuidePage.objects.get(pk=standard.pk).bottom_line != "Not yet"

    def test_goes_the_usual_way_to_the_readers(self, standard, derive, section):
        writer = person("Contributors")
        variant = derive(standard, by=writer, live=False)

        moderation.submit(page=variant.page.specific, by=writer)

        assert variant.page.specific.current_workflow_state is not None

    def test_twice_in_one_place_gets_another_address(self, standard, derive):
        one, other = derive(standard), derive(standard)

        assert one.page.slug != other.page.slug

    def test_is_for_those_who_may_write_there(self, standard, section):
        for who in (person("Viewers"), person()):
            with pytest.raises(PermissionDenied):
                deriving.derive(
                    parent=standard, by=who, place=section, title="A", at=timezone.now()
                )
        assert not Variant.objects.exists()

    def test_needs_to_see_the_standard(self, standard, section, derive):
        close(standard.get_parent(), group("Insiders"))
        place = CategoryFactory()

        with pytest.raises(PermissionDenied):
            derive(standard, place=place)

    def test_does_not_open_what_is_closed(self, standard, derive, keeper):
        keeper.groups.add(group("Insiders"))
        close(standard.get_parent(), group("Insiders"))
        outside, inside = CategoryFactory(), CategoryFactory()
        close(inside, group("Insiders"))
        everybody = CategoryFactory()
        close(everybody)

        for place in (outside, everybody):
            with pytest.raises(VariantRefused, match="closed to some people"):
                derive(standard, place=place)
        assert derive(standard, place=inside).page.live

    def test_of_a_variant_is_refused_and_says_why(self, standard, derive):
        variant = derive(standard)

        with pytest.raises(VariantRefused, match="a variant itself"):
            derive(variant.page.specific)

    def test_of_what_is_retired_is_refused(self, standard, derive):
        successor = ArtifactFactory()
        boss = person("Administrators")
        lifecycle.archive(page=standard, by=boss, at=timezone.now())
        with pytest.raises(VariantRefused, match="for the record"):
            derive(standard)
        lifecycle.restore(page=standard, by=boss)
        lifecycle.supersede(page=standard, by=boss, successor=successor)
        with pytest.raises(VariantRefused, match="takes the place"):
            derive(GuidePage.objects.get(pk=standard.pk))


class TestForTeam:
    @pytest.fixture
    def team(self, keeper):
        return teams.make(by=keeper, name="Payments <crew>")

    def test_the_team_owns_it_and_is_named(
        self, client, standard, section, keeper, team, committed
    ):
        client.force_login(keeper)
        client.post(new(standard), {"title": "Ours", "place": section.pk, "team": team.pk})
        variant = Variant.objects.get()
        assert variant.page.owner_group == team.group
        assert variant.page.owner_user is None
        committed(lambda: variant.page.get_latest_revision().publish())

        html = client.get(standard.url).content.decode()

        assert "Payments &lt;crew&gt;" in html
        assert "Payments <crew>" not in html
        assert "Ours" in client.get("/variants/").content.decode()

    def test_is_for_its_members(self, client, standard, section, team):
        other = person("Editors")
        client.force_login(other)
        sent = {"title": "Ours", "place": section.pk, "team": team.pk}

        answer = client.post(new(standard), sent)

        assert answer.status_code == 400
        assert "You are not in this team" in answer.content.decode()
        with pytest.raises(PermissionDenied):
            deriving.derive(
                parent=standard, by=other, place=section, title="A", at=timezone.now(), team=team
            )


class TestForm:
    def test_derives_and_leads_to_the_editor(self, client, standard, section, keeper):
        client.force_login(keeper)
        below = SectionFactory(parent=section)
        html = BeautifulSoup(client.get(new(standard)).content, "html.parser")
        offered = {one["value"] for one in html.select("select option")}
        assert {str(section.pk), str(below.pk)} <= offered

        answer = client.post(new(standard), {"title": "Ours", "place": below.pk})

        page = Variant.objects.get().page
        assert page.draft_title == "Ours"
        assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
        assert page.path.startswith(below.path)

    def test_keeps_what_was_typed_when_something_is_missing(
        self, client, standard, section, keeper
    ):
        client.force_login(keeper)
        for sent in ({"title": "  "}, {"place": "0"}, {"place": "x"}):
            answer = client.post(new(standard), {"title": "Ours", "place": section.pk, **sent})

            assert answer.status_code == 400
            html = BeautifulSoup(answer.content, "html.parser")
            assert html.select_one("[role=alert]")
            assert html.select_one("[aria-invalid]")
            assert html.select_one("input[name=title]")["value"] == sent.get("title", "Ours")
        assert not Variant.objects.exists()

    def test_is_closed_to_those_who_write_nowhere(self, client, standard):
        assert "/login/" in client.get(new(standard))["Location"]
        client.force_login(person("Viewers"))
        assert client.get(new(standard)).status_code == 403

    def test_does_not_know_what_is_closed_or_has_a_place_of_its_own(self, client, standard, keeper):
        client.force_login(keeper)
        answer = FaqEntryFactory()
        assert client.get(new(answer)).status_code == 404
        close(standard.get_parent(), group("Insiders"))
        assert client.get(new(standard)).status_code == 404

    def test_is_offered_to_those_who_write(self, client, standard, keeper):
        def offers() -> bool:
            html = BeautifulSoup(client.get(standard.url).content, "html.parser")
            return bool(html.select(f'a[href="{new(standard)}"]'))

        assert not offers()
        client.force_login(keeper)
        assert offers()
