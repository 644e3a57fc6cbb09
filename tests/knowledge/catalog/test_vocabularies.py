"""Tags that are merged, terms that owners keep, and the guard around plain lists."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page
from wagtail_modeladmin.options import ModelAdmin

from knowledge.catalog import checks
from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import FaqPage, Industry, Tag
from knowledge.catalog.services import terms
from knowledge.catalog.signals import tags_changed
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(home: Page):
    return person("Administrators")


def tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name, slug=name)[0]


class TestMerging:
    def test_every_artifact_and_the_old_address_survive(self, administrator, client) -> None:
        both = ArtifactFactory(title="Has both", tags=["deploys", "releases"])
        one = ArtifactFactory(title="Has one", tags=["deploys"])

        terms.merge(source=tag("deploys"), into=tag("releases"), by=administrator)

        names = {
            page.pk: {t.name for t in type(page).objects.get(pk=page.pk).tags.all()}
            for page in (both, one)
        }
        assert names == {both.pk: {"releases"}, one.pk: {"releases"}}
        answer = client.get("/tags/deploys/")
        assert answer.status_code in (301, 302)
        assert answer.url == "/tags/releases/"
        html = client.get(answer.url).content.decode()
        assert "Has both" in html
        assert "Has one" in html

    def test_merging_twice_leads_to_the_last(self, administrator, client) -> None:
        ArtifactFactory(tags=["a", "b", "c"])
        terms.merge(source=tag("a"), into=tag("b"), by=administrator)
        terms.merge(source=tag("b"), into=tag("c"), by=administrator)
        assert tag("a").merged_into == tag("c")

    def test_those_above_are_told_which_artifacts(self, administrator) -> None:
        page = ArtifactFactory(tags=["a"])
        heard = []

        def listen(artifact_ids, **_kwargs):
            heard.append(artifact_ids)

        tags_changed.connect(listen)
        terms.merge(source=tag("a"), into=tag("b"), by=administrator)
        tags_changed.disconnect(listen)
        assert heard == [[page.pk]]

    def test_it_is_refused_into_itself_into_a_merged_one_and_to_others(self, administrator) -> None:
        with pytest.raises(KnowledgeError):
            terms.merge(source=tag("a"), into=tag("a"), by=administrator)
        terms.merge(source=tag("a"), into=tag("b"), by=administrator)
        with pytest.raises(KnowledgeError):
            terms.merge(source=tag("c"), into=tag("a"), by=administrator)
        with pytest.raises(PermissionDenied):
            terms.merge(source=tag("c"), into=tag("b"), by=person("Contributors"))


class TestAdmin:
    @pytest.mark.parametrize(
        "path",
        [
            "/admin/snippets/catalog/industry/",
            "/admin/snippets/catalog/tool/",
            "/admin/snippets/catalog/tag/",
            "/admin/catalog/audience/",
            "/admin/catalog/region/",
        ],
    )
    def test_administrators_keep_the_vocabularies(self, administrator, client, path: str) -> None:
        client.force_login(administrator)
        assert client.get(path).status_code == 200

    def test_a_new_industry_is_made_without_code(self, administrator, client) -> None:
        client.force_login(administrator)
        data = {"name": "Robotics", "slug": "robotics", "description": "", "position": "5"}
        client.post("/admin/snippets/catalog/industry/add/", data)
        ArtifactFactory(title="Robots", industries=[Industry.objects.get(slug="robotics")])
        assert "Robots" in client.get("/industries/robotics/").content.decode()

    def test_a_name_with_markup_is_shown_as_text(self, administrator, client) -> None:
        from knowledge.catalog.models import Audience

        Audience.objects.create(name="<script>alert(1)</script>", slug="x")
        client.force_login(administrator)
        assert b"<script>alert(1)" not in client.get("/admin/catalog/audience/").content

    def test_the_dashboard_lists_what_i_own_and_what_my_drafts_lack(
        self, home: Page, client
    ) -> None:
        editor = person("Editors")
        ArtifactFactory(title="Mine to keep", owner_user=editor, overdue=True)
        ArtifactFactory(title="Half done", owner=editor, owner_user=editor, draft=True, body=[])
        ArtifactFactory(title="Of somebody else")
        client.force_login(editor)
        html = client.get("/admin/").content.decode()
        assert "Mine to keep" in html
        assert "Half done" in html
        assert "Overview" in html
        assert "Of somebody else" not in html


def test_a_plain_list_for_something_with_drafts_is_refused() -> None:
    assert checks.modeladmin_has_no_drafts() == []

    class Dangerous(ModelAdmin):
        model = FaqPage

    try:
        (error,) = checks.modeladmin_has_no_drafts()
        assert error.id == "catalog.E001"
    finally:
        del Dangerous.model
