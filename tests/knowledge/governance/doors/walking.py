"""Every address of the portal with something real in it, and what answers there, in one letter."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

FOLDER = Path(__file__).parent
# What an answer is called in doors/*.txt.
LETTERS = """
.  it answers (200)
>  it leads on (302)
L  to the login (in the API 401)
x  refused (403; in the admin a redirect with words)
0  there is no such thing (404)
m  not by this method (405)
?  what was sent is not understood (400, 415)
!  it lets in, and Wagtail stumbles over an empty form (500)
""".strip()
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# Left out: static assets of the admin, and errors that are made on purpose.
SNIPPETS = ("snippets", "snippets/choose")
IGNORED = ("admin/failwhale/", "admin/test404/")


def routes() -> list[str]:
    """Each address as it is written in the URL configurations."""
    return [route for route in _walk(get_resolver().url_patterns, "") if route not in IGNORED]


def _walk(patterns: Any, prefix: str) -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _walk(one.url_patterns, route)


def expected() -> dict[str, tuple[str, str]]:
    """By route: what GET and what POST answer, a letter for each of ``stage.PEOPLE``."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                reading, writing, route = line.split(maxsplit=2)
                assert route not in found, f"{route} has two lines"
                found[route] = reading, writing
    return found


def address(route: str, stage: SimpleNamespace) -> str:
    """The address with the ids of what is on the stage."""
    special = {
        r"documents/^(\d+)/(.*)$": f"documents/{stage.document.pk}/{stage.document.filename}",
        r"^((?:[\w\-]+/)*)$": stage.artifact.url.lstrip("/"),
        r"^(?P<path>(?:[\w\-]+/)+)download\.(?P<extension>pdf|docx|md|json)$": (
            f"{stage.artifact.url}download.md".lstrip("/")
        ),
        r"^(?P<path>(?:[\w\-]+/)+)download\.zip$": f"{stage.category.url}download.zip".lstrip("/"),
        r"^(?P<path>(?:[\w\-]+/)+)changes/$": f"{stage.artifact.url}changes/".lstrip("/"),
        "admin/^.*/$": "admin/there-is-no-such-place/",
    }
    if route in special:
        return f"/{special[route]}"
    plain = _GROUP.sub(lambda found: _value(found[1], route, stage), route)
    plain = _PARAMETER.sub(lambda found: _value(found[1], route, stage), plain)
    return "/" + plain.replace("^", "").replace("$", "").replace("\\.", ".").lstrip("/")


def _value(name: str, route: str, stage: SimpleNamespace) -> str:
    for beginning, values in _values(stage):
        if route.startswith(beginning) and name in values:
            return str(values[name])
    # What is not on the stage is there for nobody; who gets in is seen all the same where the door
    # is asked before the thing is looked up.
    return "0"


def _values(stage: SimpleNamespace) -> Iterator[tuple[str, dict[str, Any]]]:
    state = stage.submitted.current_workflow_task_state
    yield (
        "admin/pages/workflow",
        {
            "page_id": stage.submitted.pk,
            "action_name": "approve",
            "task_state_id": state.pk,
            "task_id": state.task_id,
        },
    )
    submitted = {"page_id": stage.submitted.pk, "workflow_state_id": state.workflow_state_id}
    yield "admin/pages/<int:page_id>/workflow_history", submitted
    for place in ("pages", "documents", "images"):
        thing = {"pages": stage.artifact}.get(place) or getattr(stage, place[:-1])
        yield f"admin/api/main/^{place}", {"pk": thing.pk, "action_name": "unpublish"}
    yield (
        "admin/pages/^(?P<pk>",
        {"pk": stage.artifact.pk, "revision_id_a": "earliest", "revision_id_b": "latest"},
    )
    yield "admin/bulk/", {"app_label": "wagtailcore", "model_name": "page", "action": "unpublish"}
    kinds = {"app_label": "catalog", "model_name": "guidepage"}
    types = {"content_type_app_name": "catalog", "content_type_model_name": "guidepage"}
    yield "admin/pages/", kinds | types
    yield "admin/artifacts/findings/", types
    yield "admin/taxonomy/", {"vocabulary": "tool", "term_id": stage.tool.pk}
    yield "admin/tag-autocomplete/", {"app_name": "catalog", "model_name": "tag"}
    yield "admin/collections/", {"pk": stage.collection.pk, "collection_id": stage.collection.pk}
    task = {"app_label": "governance", "model_name": "editorialreviewtask"}
    yield "admin/workflows/tasks/add/", task
    for part in ("tasks", "task_chooser"):
        yield f"admin/workflows/{part}", {"pk": stage.task.pk, "task_id": stage.task.pk}
    workflow = {"pk": stage.workflow.pk, "workflow_pk": stage.workflow.pk}
    yield "admin/workflows/", workflow | {"page_pk": stage.artifact.pk}
    yield (
        "admin/editing-sessions/",
        {
            "app_label": "wagtailcore",
            "model_name": "page",
            "object_id": stage.artifact.pk,
            "session_id": 0,
        },
    )
    for path in ("catalog/audience", "catalog/region", "governance/feedback"):
        thing = getattr(stage, path.split("/")[1])
        yield f"admin/^{path}/", {"instance_pk": thing.pk}
    words = ("synonymset", "bestbet", "wish", "industry", "tool", "tag")
    for app, word in [(app, w) for app in ("search", "search_insight", "catalog") for w in words]:
        for place in SNIPPETS:
            yield f"admin/{place}/{app}/{word}/", {"pk": getattr(stage, word).pk}
    for place in ("sites", "users", "groups"):
        thing = {"users": stage.person}.get(place) or getattr(stage, place[:-1])
        yield f"admin/{place}/", {"pk": thing.pk}
    yield "admin/password_reset/", {"uidb64": "MQ", "token": "a-token"}
    yield "admin/documents/chooser/", {"pk": stage.document.pk}
    yield "admin/images/chooser/", {"pk": stage.image.pk}
    yield "admin/settings/", {"app_name": "catalog", "model_name": "none", "pk": 1}
    state_of = {"state_id": state.pk}
    yield "admin/review-queue/", state_of
    yield "admin/artifacts/findings/", types
    yield "admin/section_rules/", {"pk": stage.rule.pk}
    yield "admin/sections/", {"page_id": stage.section.pk}
    yield "admin/guides/", {"name": "editor"}
    kpi = {"slug": stage.kpi.slug, "extension": "csv", "pk": stage.kpi.pk}
    for place in ("measures/", "^measures/", *(f"admin/{s}/governance_kpis/" for s in SNIPPETS)):
        yield place, kpi
    yield "maturity/", {"value": "3"}
    yield "kinds/", {"value": "runbook"}
    vocabularies = {"industries": "industry", "tags": "tag", "tools": "tool"}
    vocabularies |= {"audiences": "audience", "regions": "region"}
    for place, name in vocabularies.items():
        yield f"{place}/", {"value": getattr(stage, name).slug}
    yield "copies/", {"extension": "md"}
    yield "assessments/", {"extension": "csv"}
    yield "teams/", {"slug": stage.team.slug}
    yield "^media/", {"path": stage.image.file.name}
    yield (
        "",
        {
            "page_id": stage.artifact.pk,
            "parent_page_id": stage.category.pk,
            "page_to_move_id": stage.artifact.pk,
            "destination_id": stage.section.pk,
            "revision_id": stage.artifact.live_revision_id,
            "image_id": stage.image.pk,
            "filter_spec": "width-20",
            "document_id": stage.document.pk,
            "doc_id": stage.document.pk,
            "uploaded_file_id": 0,
            "redirect_id": stage.redirect.pk,
            "restriction_id": stage.restriction.pk,
            "saved_id": stage.saved.pk,
            "token": "a-token",
            "run_id": stage.run.pk,
            "step_id": stage.step.pk,
            "decision_id": stage.decision.pk,
            "copy_id": stage.copy.pk,
            "round_id": stage.round.pk,
            "row_id": stage.weighing.pk,
            "proposal_id": stage.proposal.pk,
            "follow_id": stage.follow.pk,
            "pilot_id": stage.pilot.pk,
            "variant_id": stage.variant.pk,
            "request_id": stage.gate_request.pk,
        },
    )


def knock(client: Client, method: str, url: str) -> str:
    """The letter of the answer; what it changes is taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    return letter(answer)


def letter(answer: HttpResponse) -> str:
    status = answer.status_code
    if status in (301, 302, 303):
        target = answer["Location"]
        if target.startswith("/login/") or target.startswith("/admin/login/"):
            return "L"
        # Wagtail refuses with a message on the first page of the admin.
        return "x" if target == "/admin/" else ">"
    if status >= 500:
        return "!"
    known = {
        200: ".",
        401: "L",
        206: ".",
        415: "?",
        403: "x",
        404: "0",
        405: "m",
        400: "?",
        410: "0",
    }
    return known.get(status, str(status))
