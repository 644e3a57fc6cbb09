"""What people did with demo artifacts, made through the services of practice as they would."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from wagtail.models import Page

from knowledge.exchange.demo.files import PRACTICE_FILE
from knowledge.exchange.errors import ContentError
from knowledge.practice.assessments import services as assessments
from knowledge.practice.assessments.questions import questions_from
from knowledge.practice.copies import services as copies
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Decision, Run, RunStep
from knowledge.practice.selectors.decisions import PREFIX
from knowledge.practice.services import decisions, leading, runs, steps
from knowledge.practice.teams.models import Team

State = RunStep.State


def ensure(
    content: Mapping[str, Any], pages: Mapping[str, Page], fresh: set[int], now: datetime
) -> None:
    """Make those of pages whose ids are in ``fresh``; others have theirs already.

    Raises:
        ContentError: naming what cannot be made so.
    """
    people = {person.get_username(): person for person in get_user_model().objects.all()}
    sorts = ((_carry_out, "runs"), (_decide, "decisions"), (_fill, "copies"), (_assess, "rounds"))
    for make, sort in sorts:
        for row in content.get(sort) or ():
            page = pages.get(row["artifact"])
            if page is None:
                raise ContentError(PRACTICE_FILE, row["name"], f"there is no {row['artifact']}")
            if page.pk in fresh:
                try:
                    make(row, page, people, now)
                except RunRefused as refusal:
                    raise ContentError(PRACTICE_FILE, row["name"], str(refusal)) from refusal


def _decide(row: Mapping[str, Any], page: Page, people: Mapping[str, Any], now: datetime) -> None:
    approver = people[row["approver"]] if "approver" in row else None
    decision = decisions.record(
        page=page.specific,
        by=people[row["by"]],
        name=row["name"],
        context=row.get("context", ""),
        answers={f"{PREFIX}{key}": said for key, said in row["answers"].items()},
        reasons=row.get("reasons", {}),
        approver=approver,
        team=_team(row),
    )
    if row.get("approved"):
        decisions.decide_on(decision=decision, by=approver, approve=True, note=row["approved"])
    at = now - timedelta(days=row["days_ago"])
    rows = Decision.objects.filter(pk=decision.pk)
    rows.update(decided_at=at)
    rows.exclude(approved_at=None).update(approved_at=at)


def _fill(row: Mapping[str, Any], page: Page, people: Mapping[str, Any], now: datetime) -> None:
    by, at = people[row["by"]], now - timedelta(days=row["days_ago"])
    said = {"by": by, "name": row["name"], "answers": row["answers"], "at": at}
    copy = copies.begin(page=page.specific, team=_team(row), **said)
    if row.get("finished"):
        copies.finish(copy=copy, seen=copy.revision, **said)


def _assess(row: Mapping[str, Any], page: Page, people: Mapping[str, Any], now: datetime) -> None:
    by, at = people[row["by"]], now - timedelta(days=row["days_ago"])
    one = assessments.begin(page=page.specific, by=by, name=row["name"], at=at)
    keys = questions_from(one.parts).keys
    for name, levels in row["levels"].items():
        if people[name] != by:
            assessments.invite(one=one, by=by, person=people[name])
        answers = dict(zip(keys, levels, strict=True))
        assessments.answer(one=one, by=people[name], answers=answers, seen=0, give=True, at=at)
    assessments.close(one=one, by=by, at=at)


def _carry_out(
    row: Mapping[str, Any], page: Page, people: Mapping[str, Any], now: datetime
) -> None:
    lead = people[row["lead"]]
    at = now - timedelta(hours=row["started_hours_ago"])
    roles = {role: people[name] for role, name in row.get("roles", {}).items()}
    run = runs.start(
        page=page.specific,
        by=lead,
        name=row["name"],
        roles=roles,
        is_open="team" not in row,
        team=_team(row),
        at=at,
    )
    todo = list(run.steps.all())
    done = todo if row["settled"] == "all" else todo[: row["settled"]]
    for step in done:
        at += timedelta(minutes=row["minutes_a_step"])
        _do(run, step, lead, row.get("proof", {}), min(at, now))
    if row.get("named"):
        following = todo[len(done)].pk
        leading.name_for_step(run=run, step_id=following, person=people[row["named"]], by=lead)
        due = now + timedelta(minutes=row["due_in_minutes"])
        leading.set_due(run=run, step_id=following, due=due, by=lead, now=now)
    if row.get("blocked"):
        steps.move(
            run=run,
            step_id=todo[len(done)].pk,
            by=lead,
            to=State.BLOCKED,
            text=row["blocked"],
            at=min(at, now),
        )
    if row.get("outcome"):
        runs.end(
            run=run,
            by=lead,
            outcome=Run.State(row["outcome"]),
            summary=row["summary"],
            lessons=row.get("lessons", ""),
            at=min(at, now),
        )


def _team(row: Mapping[str, Any]) -> Team | None:
    return Team.objects.filter(name=row["team"]).first() if "team" in row else None


def _do(run: Run, step: RunStep, by: Any, proof: Mapping[str, str], at: datetime) -> None:
    """As the step asks, and never more than is asked for: the first of given answers, a number that is
    as low as may be. What an answer left out stays so.
    """
    step.refresh_from_db()
    if step.is_settled:
        return
    said: dict[str, Any] = {}
    if step.evidence == RunStep.Evidence.CHOICE:
        said["answer"] = step.options[0]
    elif step.evidence == RunStep.Evidence.NUMBER:
        said["answer"] = str(step.minimum or 0)
    elif step.evidence == RunStep.Evidence.NOTE:
        said["text"] = proof.get("note", "")
    elif step.evidence == RunStep.Evidence.LINK:
        said["link"] = proof.get("link", "")
    elif step.evidence == RunStep.Evidence.FILE:
        said["file"] = ContentFile(proof.get("note", "").encode(), name="record.txt")
    steps.move(run=run, step_id=step.pk, by=by, to=State.DONE, at=at, **said)
