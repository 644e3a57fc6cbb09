"""Who is not in a team finds nothing of it, through no door; a member finds all of it.

One word stands in everything that the team has: its name, its pages, its records. No answer to anybody
else holds that word; what is asked for by another one, which stands beside it everywhere.
"""

import json
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from knowledge.catalog.models import SectionPage, Tag
from knowledge.catalog.models.artifact import RelatedArtifact
from knowledge.governance.models import Feedback
from knowledge.governance.team_sections import services as sections
from knowledge.practice.models import RunStep
from knowledge.practice.services import steps
from knowledge.practice.teams import services
from knowledge.practice.teams.adopting import services as adopting
from search.querying import breaker
from tests.factories import ArtifactFactory, CategoryFactory, person, team
from tests.knowledge.practice.teams.records import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
WORD = "Quokka"
BOTH = f"Zebrafish {WORD}"
# Of the pages of the team; {page} is one of them, {slug} what stands last in its address.
OF_PAGES = (
    "{page}",
    "{page}?version=1.0",
    "{page}changes/?from=1.0&to=1.1",
    "{page}download.md",
    "{page}download.json",
    "{page}download.docx",
    "{page}download.pdf",
    "{section}",
    "/trust/{pk}/",
)
# Seen by everybody; whatever is there says nothing of the team.
PUBLIC = (
    "/",
    "/operations/",
    "/operations/download.zip",
    "/operations/neighbour/",
    "/search/?q=zebrafish",
    "/search/?q=zebrafsh",
    "/search/suggest/?q=zebr",
    "/api/v1/search/?q=zebrafish",
    "/choose/?q=zebrafish",
    "/api/v1/choose/?q=zebrafish",
    "/kinds/",
    "/kinds/guide/",
    "/industries/",
    "/tags/",
    "/maturity/",
    "/feeds/latest.atom",
    "/feeds/search.atom?q=guide",
    "/sitemap.xml",
    "/llms.txt",
)
# For who has logged in.
OF_PEOPLE = (
    "/teams/",
    "/runs/",
    "/decisions/",
    "/copies/",
    "/assessments/",
    "/decisions/weigh/",
    "/programs/",
    "/work/",
    "/api/v1/runs/",
    "/api/v1/decisions/",
    "/api/v1/copies/",
    "/api/v1/assessments/",
    "/api/v1/matrices/",
    "/api/v1/programs/",
    "/following/",
    "/feedback/mine/",
)
OF_RECORDS = (
    "/runs/{run}/",
    "/runs/{run}/changes/",
    "/runs/{run}/steps/{step}/file/",
    "/decisions/{decision}/",
    "/decisions/{decision}/download.md",
    "/copies/{copy}/",
    "/copies/{copy}/download.md",
    "/copies/{copy}/download.docx",
    "/assessments/{round}/",
    "/assessments/{round}/answer/",
    "/decisions/weigh/{matrix}/",
    "/programs/{program}/",
    "/api/v1/runs/{run}/",
    "/api/v1/runs/{run}/events/",
    "/api/v1/runs/{run}/steps/{step}/file/",
    "/api/v1/decisions/{decision}/",
    "/api/v1/copies/{copy}/",
    "/api/v1/assessments/{round}/",
    "/api/v1/matrices/{matrix}/",
    "/api/v1/programs/{program}/",
)
OF_TEAM = (
    "/teams/zebrafish/",
    "/teams/zebrafish/adopted/",
    "/teams/zebrafish/people/",
    "/teams/zebrafish/edit/",
    "/teams/zebrafish/delete/",
    "/runs/?team=zebrafish",
    "/copies/?team=zebrafish",
    "/programs/?team=zebrafish",
)
OF_ADMIN = (
    "/admin/",
    "/admin/pages/",
    "/admin/pages/{pk}/edit/",
    "/admin/pages/{pk}/history/",
    "/admin/pages/search/?q=zebrafish",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/reports/audit/",
)


@pytest.fixture
def stage(home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ada, bob = person("Viewers", username="ada"), person("Viewers", username="bob")
    category = CategoryFactory(title="Operations", slug="operations")
    ours = services.rename(team=team(ada, bob, name="Zebrafish"), by=ada, name=BOTH, about=BOTH)
    row = sections.open_section(team=ours, by=ada, category=category)
    section = SectionPage.objects.get(pk=row.section_id)
    tag = Tag.objects.create(name=f"{BOTH} tag", slug="zebrafish-tag")
    page = ArtifactFactory(
        parent=section,
        title=f"{BOTH} guide",
        slug="plan",
        bottom_line=BOTH,
        tags=[tag],
        owner=ada,
    )
    page.title = f"{BOTH} guide, again"
    page.change_note = WORD
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    neighbour = ArtifactFactory(parent=category, title="Neighbour", slug="neighbour")
    RelatedArtifact.objects.create(source=neighbour, target=page)
    of_team = {
        name: kind.make(ada, team=ours, name=f"{BOTH} {name}") for name, kind in RECORDS.items()
    }
    step = of_team["run"].steps.first()
    file = default_storage.save("runs/isolation", ContentFile(WORD.encode()))
    RunStep.objects.filter(pk=step.pk).update(file=file, file_name="zebrafish.txt")
    adopting.adopt(team=ours, page=neighbour, by=ada, note=WORD)
    ids = {name: row.pk for name, row in of_team.items()}
    return SimpleNamespace(
        ada=ada,
        bob=bob,
        team=ours,
        page=page,
        run=of_team["run"],
        values={
            "page": f"/operations/{section.slug}/plan/",
            "section": f"/operations/{section.slug}/",
            "pk": page.pk,
            "step": step.pk,
            **ids,
        },
    )


def get(client, address, who):
    """Status and body. Without a login asked twice, because the second answer may come from memory."""
    client.logout()
    if who is not None:
        client.force_login(who)
    else:
        client.get(address)
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body


def holds_word(body: bytes) -> bool:
    return WORD.lower().encode() in _unpacked(body).lower()


def _unpacked(body: bytes) -> bytes:
    """With what lies in an archive, which a DOCX is too."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def strangers(stage):
    """Everybody who is not in the team, the more they may do elsewhere the better."""
    eve = person("Contributors", username="eve")
    team(eve, name="Platform")
    gone = person("Contributors", username="gone")
    services.add_member(team=stage.team, by=stage.ada, person=gone)
    services.remove_member(team=stage.team, by=stage.ada, person=gone)
    editor = person("Editors", username="editor")
    return {"anonymous": None, "of another team": eve, "taken out": gone, "editor": editor}


WHO = ("anonymous", "of another team", "taken out", "editor")


@pytest.mark.parametrize("who", WHO)
def test_a_stranger_finds_nothing(client, stage, who):
    stranger = strangers(stage)[who]
    # What comes from a cache was made for those who may see it.
    for address in ("{page}", "{section}", *PUBLIC):
        get(client, address.format(**stage.values), stage.bob)
    for address in (*OF_PAGES, *OF_TEAM, *OF_RECORDS):
        status, body = get(client, address.format(**stage.values), stranger)
        # Who has not logged in is asked to, whether there is such a record or not.
        refused = (404,) if stranger or address in OF_PAGES else (302, 401, 404)
        assert status in refused, address
        assert not holds_word(body), address
    for address in (*PUBLIC, *(OF_PEOPLE if stranger else ()), *(OF_ADMIN if stranger else ())):
        filled = address.format(**stage.values)
        _status, body = get(client, filled, stranger)
        assert not holds_word(body), address


def test_a_member_finds_all_of_it(client, stage):
    for address in (*OF_PAGES, *OF_RECORDS):
        status, _body = get(client, address.format(**stage.values), stage.bob)
        assert status == 200, address
    for address in (
        *OF_TEAM[:2],
        *OF_PEOPLE[:7],
        "/operations/zebrafish/",
        "/search/?q=guide",
        "/kinds/guide/",
        "/tags/",
        "/operations/download.zip",
        "/operations/neighbour/",
    ):
        status, body = get(client, address, stage.bob)
        assert (status, holds_word(body)) == (200, True), address


@pytest.mark.parametrize("who", WHO)
def test_a_stranger_changes_nothing(client, stage, who):
    stranger = strangers(stage)[who]
    if stranger is not None:
        client.force_login(stranger)
    for address in (
        "/runs/{run}/say/",
        "/runs/{run}/steps/{step}/",
        "/runs/{run}/end/",
        "/decisions/{decision}/",
        "/copies/{copy}/",
        "/copies/{copy}/people/",
        "/copies/{copy}/delete/",
        "/assessments/{round}/answer/",
        "/assessments/{round}/close/",
        "/decisions/weigh/{matrix}/",
        "/programs/{program}/end/",
        "/teams/zebrafish/people/",
        "/teams/zebrafish/leave/",
        "/teams/zebrafish/section/",
        "/runs/start/{pk}/",
        "/teams/adopt/{pk}/",
    ):
        answer = client.post(address.format(**stage.values), {"name": "A", "text": "A"})
        assert answer.status_code in ((404,) if stranger else (302, 404)), address


def test_counts_are_of_what_one_may_see(client, stage):
    for who, count in ((stage.bob, 2), (None, 1), (person("Contributors"), 1)):
        _status, body = get(client, "/api/v1/search/?q=&kind=guide", who)
        answer = json.loads(body)
        assert answer["count"] == count
        kinds = {row["value"]: row["count"] for row in answer["facets"]["kind"]}
        assert kinds["guide"] == count


@pytest.mark.elasticsearch
def test_with_elasticsearch_it_is_the_same(client, shared_node, stage):
    breaker.elasticsearch.reset()
    shared_node.catch_up()
    stranger = person("Contributors")
    for address in PUBLIC:
        if "q=" in address:
            for who in (stranger, None):
                _status, body = get(client, address, who)
                assert not holds_word(body), address
    assert holds_word(get(client, "/search/?q=guide", stage.bob)[1])
    # Nothing is indexed again when somebody leaves.
    services.remove_member(team=stage.team, by=stage.ada, person=stage.bob)
    assert not holds_word(get(client, "/search/?q=guide", stage.bob)[1])
    breaker.elasticsearch.reset()


def test_a_step_that_failed_is_told_without_who_and_what(client, stage):
    steps.move(run=stage.run, step_id=stage.values["step"], by=stage.bob, to="failed", text=WORD)
    told = Feedback.objects.get()
    assert told.author is None
    assert WORD not in told.text
    assert "only a team sees" in told.text
