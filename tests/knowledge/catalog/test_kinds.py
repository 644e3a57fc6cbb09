"""Each kind has its required parts, named when they are missing, and its place in the tree."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import get_resolver
from wagtail.models import Page

from knowledge.catalog import models
from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.kinds import Kind
from knowledge.catalog.models.sections import RESERVED_SLUGS
from knowledge.catalog.services import publishing
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    FaqPageFactory,
    UserFactory,
    complete_body,
    group,
    part,
    person,
)

pytestmark = pytest.mark.django_db

KINDS = [model for model in models.Artifact.__subclasses__() if model is not models.FaqEntryPage]
ids = [model.__name__ for model in KINDS]
PARTS = {
    models.PlaybookPage: ["Roles with responsibilities", "Steps"],
    models.TemplatePage: ["Fields to fill", "Document"],
    models.RunbookPage: ["Trigger", "Diagnosis", "Actions", "Verification", "Escalation"],
    models.SopPage: ["Purpose", "Scope", "Steps", "Controls", "Linked checklist"],
    models.ChecklistPage: ["Checklist"],
    models.DecisionFrameworkPage: [
        "Decision tree or matrix",
        "Decision rights",
        "Risk thresholds",
        "Escalation",
    ],
    models.GovernanceModelPage: [
        "Layers: portfolio, program and team",
        "Roles",
        "Decision rights",
    ],
    models.BlueprintPage: ["Inputs", "Transformations", "Outputs", "Quality gates"],
    models.ActionPlanPage: ["Tasks", "Milestones"],
    models.OperatingModelPage: ["Central standard", "Local variants"],
    models.PerformanceSystemPage: ["Metrics"],
    models.RolloutPlanPage: ["Stages with exit rule and rollback"],
    models.RecoveryPlanPage: ["Timeline"],
    models.GuidePage: ["Overview", "Steps, text or related artifacts"],
    models.ArticlePage: ["Key takeaways", "Text"],
    models.SquadPage: ["Overview", "Members", "Workflow steps", "Use cases"],
    models.DecisionRecordPage: ["Context", "Decision", "Consequences"],
    models.AssessmentPage: ["Assessment"],
    models.TopicHubPage: ["Summary", "Related artifacts"],
}


def new(model: type, **fields: object):
    page = model(title="A thing", slug="a-thing", bottom_line="What it gives.", **fields)
    CategoryFactory().add_child(instance=page)
    return page


def test_every_kind_has_one_page_type(home: Page) -> None:
    assert {model.KIND for model in models.Artifact.__subclasses__()} == set(Kind)
    assert set(PARTS) == set(KINDS)
    assert not models.Artifact.is_creatable


@pytest.mark.parametrize("model", KINDS, ids=ids)
def test_an_empty_one_is_refused_and_each_part_is_named(home: Page, model) -> None:
    page = new(model, live=False)
    with pytest.raises(IncompleteArtifact) as refusal:
        publishing.publish(page=page, by=person("Editors"))
    assert refusal.value.missing == [*PARTS[model], "Owner"]
    assert str(refusal.value) == ", ".join(refusal.value.missing)
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("model", KINDS, ids=ids)
def test_with_its_parts_it_is_published_and_read(home: Page, client, model) -> None:
    fields = {"owner_user": UserFactory(), "live": False}
    if model is models.SopPage:
        fields["linked_checklist"] = ArtifactFactory.of(models.ChecklistPage)
    page = new(model, **fields)
    page.body = page._meta.get_field("body").to_python(complete_body(model))

    page = publishing.publish(page=page, by=person("Editors"), change_note="First.")

    assert (page.live, page.version, page.kind) == (True, "1.0", model.KIND)
    html = client.get(page.url).content.decode()
    assert "What it gives." in html
    assert str(Kind(model.KIND).label) in html


@pytest.mark.parametrize("model", KINDS, ids=ids)
def test_each_part_alone_is_missed(home: Page, model) -> None:
    whole = complete_body(model)
    for place, needed in enumerate(model.REQUIREMENTS):
        rest = [one for one in whole if one["type"] not in needed.blocks]
        page = model(title="x", bottom_line="x", owner_user=UserFactory.build(pk=1))
        page.body = page._meta.get_field("body").to_python(rest)
        assert PARTS[model][place] in page.missing_parts()


def test_roles_without_a_duty_and_layers_that_lack_one_do_not_count(home: Page) -> None:
    roles = part(models.PlaybookPage, "roles")
    for role in roles["value"]["roles"]:
        role.get("value", role)["responsibilities"] = []
    page = models.PlaybookPage(title="x", bottom_line="x")
    page.body = page._meta.get_field("body").to_python([roles])
    assert "Roles with responsibilities" in page.missing_parts()

    layers = part(models.GovernanceModelPage, "layers")  # the example has one of the three
    model = models.GovernanceModelPage(title="x", bottom_line="x")
    model.body = model._meta.get_field("body").to_python([layers])
    assert "Layers: portfolio, program and team" in model.missing_parts()


def test_a_bottom_line_and_an_owner_are_parts_too(home: Page) -> None:
    page = models.GuidePage(title="x", bottom_line="  ")
    missing = page.missing_parts()
    assert missing[0] == "Bottom line"
    assert missing[-1] == "Owner"


class TestPlaces:
    def test_artifacts_stand_on_shelves_only(self, home: Page) -> None:
        category = CategoryFactory(parent=home)
        for model in KINDS:
            assert model.can_create_at(category)
            assert not model.can_create_at(home)
            assert not model.can_create_at(FaqPageFactory(parent=category))
            assert model.allowed_subpage_models() == []

    def test_answers_stand_on_faq_pages_only(self, home: Page) -> None:
        category = CategoryFactory(parent=home)
        faq = FaqPageFactory(parent=category)
        assert models.FaqEntryPage.can_create_at(faq)
        assert not models.FaqEntryPage.can_create_at(category)
        assert models.FaqPage.allowed_subpage_models() == [models.FaqEntryPage]

    def test_there_is_one_home_with_categories_only(self, home: Page) -> None:
        assert not models.HomePage.can_create_at(Page.get_first_root_node())
        assert models.HomePage.allowed_subpage_models() == [models.CategoryPage]
        assert not models.CategoryPage.can_create_at(CategoryFactory(parent=home))
        assert not models.SectionPage.can_create_at(home)

    def test_the_service_refuses_a_wrong_place_and_a_stranger(self, home: Page) -> None:
        editor = person("Editors")
        with pytest.raises(PermissionDenied):
            publishing.create(page=models.GuidePage(title="x"), parent=home, by=editor)
        category = CategoryFactory(parent=home)
        with pytest.raises(PermissionDenied):
            publishing.create(
                page=models.GuidePage(title="x"), parent=category, by=person("Viewers")
            )
        made = publishing.create(
            page=models.GuidePage(title="New", slug="new", bottom_line="x"),
            parent=category,
            by=editor,
        )
        assert (made.live, made.owner) == (False, editor)

    @pytest.mark.parametrize("slug", ["admin", "search", "kinds", "api", "feeds"])
    def test_a_category_does_not_take_an_address_of_the_portal(self, home: Page, slug: str) -> None:
        with pytest.raises(ValidationError, match="address of the portal itself"):
            home.add_child(instance=models.CategoryPage(title="x", slug=slug))

    def test_every_first_part_of_our_addresses_is_reserved(self) -> None:
        firsts = {
            str(pattern.pattern).lstrip("^").split("/")[0] for pattern in _flat(get_resolver())
        }
        plain = {first for first in firsts if first.replace("-", "").isalnum()}
        assert plain <= RESERVED_SLUGS


def _flat(resolver) -> list:
    """Patterns of the first level; those that are included without a prefix are opened."""
    found = []
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns") and not str(pattern.pattern):
            found += _flat(pattern)
        else:
            found.append(pattern)
    return found


class TestOwner:
    def test_a_person_or_a_group_not_both(self, home: Page) -> None:
        page = ArtifactFactory()
        page.owner_group = group("Operations")
        with pytest.raises(ValidationError, match="not both"):
            page.full_clean()

    def test_the_name_of_the_owner_is_shown(self, home: Page) -> None:
        named = UserFactory(first_name="Rita", last_name="Reed")
        assert ArtifactFactory(owner_user=named).owned_by == "Rita Reed"
        shared = ArtifactFactory(owner_user=None, owner_group=group("Operations"))
        assert shared.owned_by == "Operations"
        assert models.GuidePage().owned_by == ""

    def test_nothing_supersedes_itself(self, home: Page) -> None:
        page = ArtifactFactory()
        page.superseded_by = models.Artifact.objects.get(pk=page.pk)
        with pytest.raises(ValidationError, match="supersede itself"):
            page.full_clean()


class TestAnswers:
    def test_an_answer_names_a_group_of_its_page(self, home: Page) -> None:
        faq = FaqPageFactory()
        faq.groups.add(models.FaqGroup(title="Basics", slug="basics"))
        faq.save()
        entry = FaqEntryFactory(parent=faq, group="basics")
        entry.full_clean()
        entry.group = "unknown"
        with pytest.raises(ValidationError, match="no group"):
            entry.full_clean()

    def test_an_answer_needs_text(self, home: Page) -> None:
        assert "Answer" in FaqEntryFactory(body=[]).missing_parts()
