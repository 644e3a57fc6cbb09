"""What of practice waits for a person: steps, runs, decisions, rounds, matrices, stale copies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.practice.assessments.models import Round, Sheet
from knowledge.practice.assessments.permissions import readable as readable_rounds
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.copies.permissions import readable as readable_copies
from knowledge.practice.models import Decision, Run, RunRole, RunStep
from knowledge.practice.models.runs import PLANS
from knowledge.practice.permissions import joinable
from knowledge.practice.selectors.decisions import waiting_for
from knowledge.practice.teams.permissions import of_own_team
from knowledge.practice.weighing.models import Scores, Weighing
from knowledge.practice.weighing.permissions import readable as readable_matrices
from knowledge.practice.work.sections import Asking, Line, Section


def own_sections() -> list[Section]:
    return [
        Section("steps", _("My steps"), 10, steps, _of_steps, dated=True, mailed=True),
        Section("runs", _("Runs that I lead"), 20, runs, _of_runs, dated=True, mailed=True),
        Section("decisions", _("Decisions to approve"), 30, decisions, _of_decisions),
        Section("matrices", _("Options to weigh"), 40, matrices, _of_matrices, mailed=True),
        Section("assessments", _("Assessments to answer"), 50, rounds, _of_rounds, mailed=True),
        Section(
            "copies",
            _("Copies of which the template has moved on"),
            90,
            copies,
            _of_copies,
            mailed=True,
        ),
    ]


def steps(asking: Asking) -> QuerySet[RunStep]:
    """Of running runs, what the person is named for, or has the role for; what is due first.

    ``waits`` tells that a gate or a question stands before it.
    """
    role = RunRole.objects.filter(run=OuterRef("run"), name=OuterRef("role"), person=asking.user.pk)
    running = joinable(Run.objects.filter(state=Run.State.RUNNING), asking.user, asking.access)
    gates = RunStep.objects.filter(
        run=OuterRef("run"), is_gate=True, position__lt=OuterRef("position")
    )
    asked = RunStep.objects.filter(run=OuterRef("run"), position=OuterRef("depends_on")).exclude(
        state=RunStep.State.DONE
    )
    return (
        RunStep.objects.filter(run__in=running.order_by().values("pk"))
        .filter(Q(person=asking.user.pk) | Q(person=None) & ~Q(role="") & Exists(role))
        .exclude(state__in=RunStep.SETTLED)
        .annotate(
            waits=Exists(gates.exclude(state=RunStep.State.DONE)) | Exists(asked),
            ends=Coalesce(TruncDate("deadline"), F("run__due")),
        )
        .select_related("run")
        .order_by("waits", F("ends").asc(nulls_last=True), "run__started_at", "position")
    )


def _of_steps(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"step-{row.pk}",
            title=row.title,
            url=f"{reverse('practice:run', args=[row.run_id])}#step-{row.pk}",
            about=row.run.name,
            note=_step_note(row),
            kind=row.run.kind,
            due=row.ends,
            # What one leads one has given out oneself; what waits is told when it does no more.
            news=not row.waits and row.run.lead_id != asking.user.pk,
        )
        for row in rows
    ]


def _step_note(row: Any) -> str:
    if row.waits:
        return _("Waits for a step before it")
    return "" if row.state == RunStep.State.TODO else str(row.get_state_display())


def runs(asking: Asking) -> QuerySet[Run]:
    led = Run.objects.filter(state=Run.State.RUNNING, lead=asking.user.pk)
    left = RunStep.objects.filter(run=OuterRef("pk")).exclude(state__in=RunStep.SETTLED).order_by()
    held = RunRole.objects.filter(run=OuterRef("run"), name=OuterRef("role"), person__isnull=False)
    late = left.filter(deadline__lte=asking.now)
    unowned = left.filter(
        ~Exists(held), person=None, is_gate=False, is_milestone=False, run__kind__in=PLANS
    )
    rows = joinable(led, asking.user, asking.access).annotate(
        late=_count(late), unowned=_count(unowned)
    )
    return rows.order_by(F("due").asc(nulls_last=True), "-started_at", "-pk")


def _count(rows: QuerySet) -> Coalesce:
    """How many there are, as a column of a query around it."""
    counted = rows.values("run").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _of_runs(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"run-{row.pk}",
            title=row.name,
            url=reverse("practice:run", args=[row.pk]),
            about=row.title,
            note=_run_note(row),
            kind=row.kind,
            due=row.due,
        )
        for row in rows
    ]


def _run_note(row: Any) -> str:
    late = ngettext("%d step overdue", "%d steps overdue", row.late) % row.late
    unowned = ngettext("%d step is nobody’s", "%d steps are nobody’s", row.unowned) % row.unowned
    return ", ".join([*([late] if row.late else []), *([unowned] if row.unowned else [])])


def decisions(asking: Asking) -> QuerySet[Decision]:
    return waiting_for(asking.user, asking.access).select_related("decided_by")


def _of_decisions(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"decision-{row.pk}",
            title=row.name,
            url=reverse("practice:decision", args=[row.pk]),
            about=row.outcome,
            note=_("since %s") % _day(row.decided_at),
            kind=row.kind,
        )
        for row in rows
    ]


def matrices(asking: Asking) -> QuerySet[Weighing]:
    """Not decided yet, and not scored by the person, or the person's own to decide."""
    user = asking.user
    asked = Weighing.people.through.objects.filter(weighing=OuterRef("pk"), user=user.pk)
    scored = Scores.objects.filter(weighing=OuterRef("pk"))
    rows = (
        Weighing.objects.filter(Exists(asked) | of_own_team(user), decided_at=None)
        .annotate(mine=Exists(scored.filter(person=user.pk)))
        .filter(Q(mine=False) | Q(owner=user.pk))
    )
    return readable_matrices(rows, user, asking.access).order_by("opened_at", "pk")


def _of_matrices(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"matrix-{row.pk}",
            title=row.name,
            url=reverse("weighing:show", args=[row.pk]),
            about=row.title,
            note=_("Yours to decide") if row.mine else _("Not scored by you yet"),
            kind="decision-framework",
            news=row.owner_id != asking.user.pk,
        )
        for row in rows
    ]


def rounds(asking: Asking) -> QuerySet[Round]:
    """Open ones in which the person is asked and has not given an answer."""
    user = asking.user
    asked = Round.people.through.objects.filter(round=OuterRef("pk"), user=user.pk)
    given = Sheet.objects.filter(round=OuterRef("pk"), person=user.pk, given_at__isnull=False)
    rows = Round.objects.filter(
        Exists(asked) | of_own_team(user), ~Exists(given), state=Round.State.OPEN
    )
    return readable_rounds(rows, user, asking.access).order_by("opened_at", "pk")


def _of_rounds(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"round-{row.pk}",
            title=row.name,
            url=reverse("assessments:round", args=[row.pk]),
            about=row.title,
            note=_("open since %s") % _day(row.opened_at),
            kind="assessment",
            news=row.owner_id != asking.user.pk,
        )
        for row in rows
    ]


def copies(asking: Asking) -> QuerySet[FilledCopy]:
    """What the person fills, or has filled, of a template that is live in another version."""
    own = FilledCopy.people.through.objects.filter(filledcopy=OuterRef("pk"), user=asking.user.pk)
    rows = FilledCopy.objects.filter(Exists(own), artifact__live=True)
    rows = rows.exclude(artifact__version=F("version")).select_related("artifact")
    return readable_copies(rows, asking.user, asking.access).order_by("-changed_at", "-pk")


def _of_copies(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"copy-{row.pk}",
            title=row.name,
            url=reverse("copies:copy", args=[row.pk]),
            about=row.title,
            note=_("begun with %(old)s, now %(new)s")
            % {"old": row.version, "new": row.artifact.version},
            kind="template",
            news=True,
        )
        for row in rows
    ]


def _day(moment: Any) -> str:
    day: date = timezone.localdate(moment)
    return date_format(day, "j M Y")
