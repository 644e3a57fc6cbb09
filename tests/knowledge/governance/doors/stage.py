"""A small portal with one of everything that an address can name."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site, Task, Workflow

from knowledge.catalog import models
from knowledge.governance.following.models import Follow
from knowledge.governance.kpis.models import Kpi
from knowledge.governance.models import Feedback
from knowledge.governance.pilots.models import Pilot
from knowledge.governance.proposals import services as proposals
from knowledge.governance.reviewing.models import SectionRule
from knowledge.governance.sections import services as sections
from knowledge.governance.services import moderation
from knowledge.governance.variants.models import GateRequest
from knowledge.governance.variants.services import deriving
from knowledge.practice.assessments.models import Round
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.models import Decision
from knowledge.practice.services import runs
from knowledge.practice.teams.adopting import services as adopting
from knowledge.practice.weighing.models import Weighing
from search.insight.models import Wish
from search.models import BestBet, SynonymSet
from search.saved.models import SavedSearch
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    IndustryFactory,
    ToolFactory,
    close,
    complete_body,
    group,
    person,
    team,
)

# In the order of the letters in doors/*.txt.
PEOPLE = (
    "anonymous",
    "viewer",
    "contributor",
    "editor",
    "reviewer",
    "section owner",
    "auditor",
    "administrator",
)


def people(section: Any) -> dict[str, Any]:
    found = {
        "anonymous": None,
        "viewer": person("Viewers", username="viewer"),
        "contributor": person("Contributors", username="contributor"),
        "editor": person("Editors", username="editor"),
        "reviewer": person("Reviewers", username="reviewer"),
        "section owner": person(username="owner"),
        "auditor": person("Auditors", username="auditor"),
        "administrator": person("Administrators", username="administrator"),
    }
    sections.appoint(section=section, by=found["administrator"], user=found["section owner"])
    return found


def library(home: Any, who: dict[str, Any], section: Any) -> SimpleNamespace:
    """``section`` is the one that has an owner; the artifact stands elsewhere."""
    category = CategoryFactory(parent=home, title="Operations", slug="operations")
    artifact = ArtifactFactory.of(
        models.RunbookPage,
        parent=category,
        slug="restore",
        owner_user=who["editor"],
        owner=who["editor"],
        body=complete_body(models.RunbookPage),
    )
    mine = ArtifactFactory(parent=section, slug="mine", owner_user=who["section owner"])
    submitted = ArtifactFactory(draft=True, parent=category, slug="draft", owner=who["contributor"])
    moderation.submit(page=submitted, by=who["contributor"])
    image = get_image_model().objects.create(
        title="Picture", file=get_test_image_file(), uploaded_by_user=who["editor"]
    )
    document = get_document_model().objects.create(
        title="File", file=ContentFile(b"text", name="file.txt"), uploaded_by_user=who["editor"]
    )
    hidden = CategoryFactory(parent=home, title="Board", slug="board")
    run = runs.start(page=artifact, by=who["editor"], name="A run", at=artifact.first_published_at)
    # Open to all who may read the artifact, made by the editor.
    made = {"artifact": artifact, "title": "A", "version": "1.0", "name": "B"}
    made |= {"owner": who["editor"], "is_open": True}
    variant = deriving.derive(
        parent=artifact, by=who["editor"], place=category, title="Ours", at=run.started_at
    )
    asked = {"gate": "a", "instead": "b", "name": "Tests", "was": {}, "asked_at": run.started_at}
    ours = team(who["editor"], who["contributor"])
    adopting.adopt(team=ours, page=artifact, by=who["editor"])
    return SimpleNamespace(
        team=ours,
        copy=FilledCopy.objects.create(**made),
        round=Round.objects.create(**made),
        weighing=Weighing.objects.create(**made),
        variant=variant,
        gate_request=GateRequest.objects.create(variant=variant, **asked),
        pilot=Pilot.objects.create(
            page=artifact, revision=artifact.live_revision, opened_at=run.started_at
        ),
        category=category,
        section=section,
        artifact=artifact,
        mine=mine,
        submitted=submitted,
        restriction=close(hidden, group("Insiders")),
        hidden=ArtifactFactory(parent=hidden, slug="secret", owner_user=who["editor"]),
        image=image,
        document=document,
        collection=Collection.get_first_root_node().add_child(name="Pictures"),
        feedback=Feedback.objects.create(page=artifact, version="1.0", sort="suggestion", text="A"),
        run=run,
        step=run.steps.first(),
        saved=SavedSearch.objects.create(person=who["viewer"], name="Mine", query="q=a"),
        decision=Decision.objects.create(
            artifact=artifact, title="A", kind="runbook", version="1.0", name="B", outcome="Yes"
        ),
        synonymset=SynonymSet.objects.create(expressions="pager, on-call"),
        bestbet=BestBet.objects.create(words="a", artifact=artifact),
        kpi=Kpi.objects.create(name="Size", slug="size", unit="lines"),
        proposal=proposals.propose(
            page=artifact, by=who["viewer"], target="title", text="Another", reason="Clearer."
        ),
        follow=Follow.objects.create(person=who["viewer"], page=artifact),
        rule=SectionRule.objects.create(page=category),
        wish=Wish.objects.create(text="b"),
        industry=IndustryFactory(),
        tool=ToolFactory(),
        tag=models.Tag.objects.create(name="A tag", slug="a-tag"),
        audience=models.Audience.objects.create(name="Leads", slug="leads"),
        region=models.Region.objects.create(name="Europe", slug="europe"),
        redirect=Redirect.objects.create(old_path="/old", redirect_page=artifact),
        workflow=Workflow.objects.get(name="Editorial review"),
        task=Task.objects.get(name="Editorial review"),
        site=Site.objects.get(is_default_site=True),
        group=Group.objects.get(name="Insiders"),
        person=person(username="somebody"),
    )
