"""Looking after terms: merged, renamed and retired without losing an artifact or an old address."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Audience, GuidePage, Industry, Tag, Tool
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.terms import tag_names
from knowledge.catalog.services import terms
from knowledge.governance.reviewing.models import SecurityReviewTask
from search.saved.matching import matching
from tests.factories import ArtifactFactory, CategoryFactory, IndustryFactory, ToolFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(home: Page):
    return person("Administrators")


def names(page: Page, field: str = "tools") -> set[str]:
    return {one.name for one in getattr(GuidePage.objects.get(pk=page.pk), field).all()}


def care(term) -> str:
    return reverse("taxonomy_care", args=[term._meta.model_name, term.pk])


class TestMerging:
    def test_old_address_filter_and_saved_search_lead_on(self, boss, client, committed) -> None:
        old, new = ToolFactory(name="K8s", slug="k8s"), ToolFactory(name="Kubernetes", slug="kube")
        page = ArtifactFactory(title="Drain a node", tools=[old])
        both = ArtifactFactory(title="Add a node", tools=[old, new])

        committed(lambda: terms.merge(source=old, into=new, by=boss))

        assert names(page) == names(both) == {"Kubernetes"}
        answer = client.get("/tools/k8s/?kind=guide")
        assert (answer.status_code, answer.url) == (301, "/tools/kube/?kind=guide")
        found = client.get("/search/?tool=k8s").content.decode()
        assert "Drain a node" in found
        assert "Add a node" in found
        assert set(matching("tool=k8s", Access())) == {page.pk, both.pk}
        assert "K8s" not in client.get("/tools/").content.decode()

    def test_drafts_and_restored_versions_follow(self, boss, committed) -> None:
        old, new = IndustryFactory(name="Banks"), IndustryFactory(name="Finance")
        page = ArtifactFactory(industries=[old], tags=["oncall", "on-call"])
        first = page.latest_revision
        source, into = Tag.objects.get(name="oncall"), Tag.objects.get(name="on-call")
        committed(lambda: terms.merge(source=old, into=new, by=boss))
        committed(lambda: terms.merge(source=source, into=into, by=boss))

        first.publish()

        assert names(page, "industries") == {"Finance"}
        assert names(page, "tags") == {"on-call"}

    def test_two_who_merge_each_into_the_other_leave_one(self, boss) -> None:
        one, other = ToolFactory(name="One"), ToolFactory(name="Other")
        # As the second person has them, whose page was opened before.
        seen_one, seen_other = Tool.objects.get(pk=one.pk), Tool.objects.get(pk=other.pk)
        terms.merge(source=one, into=other, by=boss)

        with pytest.raises(KnowledgeError):
            terms.merge(source=seen_other, into=seen_one, by=boss)

        other.refresh_from_db()
        assert other.merged_into is None

    def test_it_can_be_undone(self, boss) -> None:
        old, new = ToolFactory(name="Old"), ToolFactory(name="New")
        one, both = ArtifactFactory(tools=[old]), ArtifactFactory(tools=[old, new])
        later = ArtifactFactory(tools=[new])
        terms.merge(source=old, into=new, by=boss)
        old.refresh_from_db()

        terms.undo_merge(term=old, by=boss)

        assert (names(one), names(both), names(later)) == ({"Old"}, {"Old", "New"}, {"New"})
        with pytest.raises(KnowledgeError):
            terms.undo_merge(term=old, by=boss)

    def test_a_step_that_looks_for_a_tag_goes_along(self, boss) -> None:
        old, new = (Tag.objects.create(name=name, slug=name) for name in ("secrets", "security"))
        step = SecurityReviewTask.objects.create(name="Security", tag=old)
        page = ArtifactFactory(tags=["secrets"])
        terms.merge(source=old, into=new, by=boss)
        step.refresh_from_db()
        assert step.tag == new
        assert step.applies_to(GuidePage.objects.get(pk=page.pk))

        terms.undo_merge(term=old, by=boss)
        step.refresh_from_db()
        assert step.tag == old
        assert step.applies_to(GuidePage.objects.get(pk=page.pk))

    def test_a_merged_word_that_is_typed_stands_for_the_other(self, boss) -> None:
        old, new = (Tag.objects.create(name=name, slug=name) for name in ("oncall", "on-call"))
        terms.merge(source=old, into=new, by=boss)
        assert tag_names(["OnCall", "alerts", "on-call"]) == ["on-call", "alerts"]

    def test_only_administrators_and_only_within_a_vocabulary(self, boss) -> None:
        tool, industry = ToolFactory(), IndustryFactory()
        with pytest.raises(KnowledgeError):
            terms.merge(source=tool, into=industry, by=boss)
        tag, other = (Tag.objects.create(name=name, slug=name) for name in ("a", "b"))
        editor = person("Editors")
        for deed in (
            lambda: terms.merge(source=tag, into=other, by=editor),
            lambda: terms.rename(term=tag, name="x", slug="x", by=editor),
            lambda: terms.retire(term=tag, by=editor),
        ):
            with pytest.raises(PermissionDenied):
                deed()


class TestRenaming:
    def test_the_old_address_leads_to_the_new_one(self, boss, client, committed) -> None:
        tool = ToolFactory(name="Jira Cloud", slug="jira-cloud")
        page = ArtifactFactory(tools=[tool])
        committed(lambda: terms.rename(term=tool, name="Jira", slug="jira", by=boss))
        assert names(page) == {"Jira"}
        assert client.get("/tools/jira-cloud/").url == "/tools/jira/"
        assert client.get("/tools/jira/").status_code == 200

        committed(lambda: terms.rename(term=tool, name="Jira Cloud", slug="jira-cloud", by=boss))
        assert client.get("/tools/jira/").url == "/tools/jira-cloud/"
        assert client.get("/tools/jira-cloud/").status_code == 200

    def test_the_plain_form_keeps_the_old_address_too(self, boss, client) -> None:
        industry = IndustryFactory(name="Health", slug="health")
        client.force_login(boss)
        data = {"name": "Health", "slug": "health-care", "description": "", "position": "5"}
        client.post(f"/admin/snippets/catalog/industry/edit/{industry.pk}/", data)
        assert client.get("/industries/health/").url == "/industries/health-care/"

    def test_what_is_taken_is_refused_at_the_field(self, boss, client) -> None:
        tool, other = ToolFactory(name="One"), ToolFactory(name="Two", slug="two")
        with pytest.raises(ValidationError):
            terms.rename(term=tool, name="One", slug="two", by=boss)
        client.force_login(boss)
        answer = client.post(care(tool), {"do": "rename", "name": "One", "slug": other.slug})
        assert "already exists" in answer.content.decode()
        assert Tool.objects.get(pk=tool.pk).slug != "two"


class TestRetiring:
    def test_it_is_not_offered_any_more_and_stays_where_it_is(self, boss, client) -> None:
        tool = ToolFactory(name="Old tool", slug="old-tool")
        page, other = ArtifactFactory(title="Has it", tools=[tool]), ArtifactFactory()
        terms.retire(term=tool, by=boss)
        client.force_login(person("Editors"))

        def offers(one: Page) -> bool:
            form = client.get(reverse("wagtailadmin_pages:edit", args=[one.pk]))
            return "Old tool" in form.content.decode()

        assert (offers(page), offers(other)) == (True, False)
        assert "Has it" in client.get("/tools/old-tool/").content.decode()
        terms.offer_again(term=tool, by=boss)
        assert offers(other)

    def test_tags_are_suggested_by_use_without_the_retired(self, boss, client) -> None:
        ArtifactFactory(tags=["release", "relay"])
        ArtifactFactory(tags=["release", "relic"])
        terms.retire(term=Tag.objects.get(name="relic"), by=boss)
        address = reverse("taxonomy_tags")
        assert client.get(f"{address}?term=rel").status_code == 302
        client.force_login(person("Contributors"))
        assert client.get(f"{address}?term=rel").json() == ["release", "relay"]
        form = client.get(f"/admin/pages/add/catalog/guidepage/{CategoryFactory().pk}/")
        assert address in form.content.decode()


class TestAdmin:
    def test_a_merge_is_shown_with_its_numbers_before_it_is_done(self, boss, client) -> None:
        old, new = ToolFactory(name="Old"), ToolFactory(name="<b>New</b>")
        ArtifactFactory(tools=[old]), ArtifactFactory(tools=[old, new])
        client.force_login(boss)

        html = client.post(care(old), {"do": "preview", "into": new.pk}).content.decode()
        assert "2 artifacts move to" in html
        assert "1 of them have both" in html
        assert "<b>New" not in html
        assert Tool.objects.get(pk=old.pk).merged_into is None

        client.post(care(old), {"do": "merge", "into": new.pk})
        assert Tool.objects.get(pk=old.pk).merged_into == new
        log = ModelLogEntry.objects.get(action="catalog.merge_term")
        assert (log.user, log.data["had_both"]) == (boss, log.data["moved"][1:])
        client.post(care(old), {"do": "undo"})
        assert Tool.objects.get(pk=old.pk).merged_into is None

    def test_lists_say_how_many_and_lead_to_the_page(self, boss, client) -> None:
        tool, audience = ToolFactory(), Audience.objects.create(name="Leads", slug="leads")
        ArtifactFactory(tools=[tool], audiences=[audience])
        client.force_login(boss)
        for path, term in (
            ("/admin/snippets/catalog/tool/", tool),
            ("/admin/catalog/audience/", audience),
        ):
            page = BeautifulSoup(client.get(path).content, "html.parser")
            cell = page.select_one(f'a[href="{care(term)}"]').find_parent("td")
            assert cell.text.split()[0] == "1"
            assert client.get(care(term)).status_code == 200

    def test_editors_are_offered_none_of_it(self, home: Page, client) -> None:
        tag = Tag.objects.create(name="a", slug="a")
        client.force_login(person("Editors"))
        assert care(tag) not in client.get("/admin/snippets/catalog/tag/").content.decode()
        assert client.get(care(tag)).status_code in (302, 403)
        client.post(care(tag), {"do": "retire"})
        assert not Tag.objects.get(pk=tag.pk).retired

    def test_there_is_nothing_else_at_such_an_address(self, boss, client) -> None:
        client.force_login(boss)
        tag = Tag.objects.create(name="a", slug="a")
        assert client.get("/admin/taxonomy/page/1/").status_code == 404
        assert client.post(care(tag), {"do": "explode"}).status_code == 404
        assert Industry.objects.count() == 0
