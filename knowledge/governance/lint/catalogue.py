"""All rules, in the order in which they are named to people."""

from django.utils.translation import gettext_lazy as _

from knowledge.governance.lint.models import Severity
from knowledge.governance.lint.registry import Rule
from knowledge.governance.lint.rules import parts, ways, words

NEAR_DUPLICATE = "near-duplicate"

RULES = (
    Rule(
        "bottom-line-missing",
        Severity.ERROR,
        _("No bottom line"),
        _("Say in one or two sentences what a reader gets from this."),
        parts.bottom_line,
    ),
    Rule(
        "owner-missing",
        Severity.ERROR,
        _("No owner"),
        _("Name the person or the group that answers for it."),
        parts.no_owner,
    ),
    Rule(
        "owner-inactive",
        Severity.ERROR,
        _("The owner is not active any more"),
        _("Give it to somebody who is still here."),
        parts.absent_owner,
    ),
    Rule(
        "dead-link-inside",
        Severity.ERROR,
        _("A link to a page that does not exist"),
        _("Choose the page that took its place, or take the link away."),
        ways.dead_inside,
    ),
    Rule(
        "picture-without-words",
        Severity.ERROR,
        _("A picture without words"),
        _("Say what it shows, or mark it as decoration."),
        parts.pictures,
    ),
    Rule(
        "failure-without-recovery",
        Severity.WARNING,
        _("A failure mode without recovery"),
        _("Name the runbook that mends it, or say what to do."),
        parts.failure_modes,
    ),
    Rule(
        "handoff-incomplete",
        Severity.WARNING,
        _("A handoff that lacks owner, input or outcome"),
        _("Fill in what is named."),
        parts.handoffs,
    ),
    Rule(
        "task-without-owner",
        Severity.WARNING,
        _("An action without owner"),
        _("Name the role that does it."),
        parts.tasks_without_owner,
    ),
    Rule(
        "claim-without-source",
        Severity.WARNING,
        _("A claim without source"),
        _("Say where it comes from, or take it out."),
        parts.claims,
    ),
    Rule(
        "gate-missing",
        Severity.WARNING,
        _("No quality gate"),
        _("Add a quality gate: what must be true before it goes on, and who says so."),
        parts.no_gate,
    ),
    Rule(
        "step-without-outcome",
        Severity.WARNING,
        _("A step without outcome"),
        _("Say what is there when the step is done."),
        parts.steps_without_outcome,
    ),
    Rule(
        "link-to-retired",
        Severity.WARNING,
        _("A link to something archived or superseded"),
        _("Lead to its successor instead."),
        ways.retired,
    ),
    Rule(
        "dead-link-outside",
        Severity.WARNING,
        _("A link to another site that does not answer any more"),
        _("Lead to where it stands now, or take the link away."),
        ways.dead_outside,
    ),
    Rule(
        "dated-sentence",
        Severity.WARNING,
        _("A dated sentence that grows old"),
        _("Check it and name the new date, or say it without one."),
        words.dated,
    ),
    Rule(
        NEAR_DUPLICATE,
        Severity.WARNING,
        _("Nearly the same as another artifact"),
        _("Bring them together, or say in the bottom line what is different."),
    ),
    Rule(
        "heading-jump",
        Severity.ADVICE,
        _("A heading skips a level"),
        _("Go down one level at a time."),
        words.heading_jumps,
    ),
    Rule(
        "long-paragraph",
        Severity.ADVICE,
        _("A very long paragraph"),
        _("Make two of it, or a list."),
        words.long_paragraphs,
    ),
    Rule(
        "hard-to-read",
        Severity.ADVICE,
        _("Hard to read"),
        _("Use shorter sentences and shorter words."),
        words.hard_to_read,
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
