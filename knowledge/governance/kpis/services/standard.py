"""The indicators that a portal starts with; an administrator changes them as any other."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.governance.kpis.models import Kpi


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "slug": "code-review-cycle-time",
            "name": _("Code review cycle time"),
            "unit": _("hours"),
            "comparison": "lt",
            "target": 4,
            "why": _("Who waits for a review begins something else, and pays for coming back."),
            "formula": _("Median time from asking for a review to the first one, in working hours"),
            "origin": _("Sent by the code host"),
        },
        {
            "slug": "review-cycle-time",
            "name": _("Review cycle time of artifacts"),
            "unit": _("hours"),
            "comparison": "lt",
            "target": 4,
            "figure": "review-hours",
            "why": _("Work that waits for a review is finished and helps nobody."),
            "formula": _("Median time from submitting to approval, last 30 days"),
            "origin": _("The portal's own moderation"),
        },
        {
            "slug": "pull-request-size",
            "name": _("Pull request size"),
            "unit": _("lines"),
            "comparison": "lt",
            "target": 200,
            "why": _("Small changes are read whole; of large ones reviewers see the beginning."),
            "formula": _("Median of lines added and removed"),
            "origin": _("Sent by the code host"),
        },
        {
            "slug": "defect-density",
            "name": _("Defect density"),
            "unit": _("defects per 1,000 lines"),
            "comparison": "lt",
            "target": "0.5",
            "why": _("It tells early whether speed is paid for with quality."),
            "formula": _("Defects confirmed / lines changed × 1,000"),
            "origin": _("Sent by the issue tracker"),
        },
        {
            "slug": "knowledge-transfer-index",
            "name": _("Knowledge transfer index"),
            "unit": "%",
            "comparison": "gt",
            "target": 90,
            "why": _("What only one person knows is lost with that person."),
            "formula": _("Critical areas that two or more people can look after / all of them"),
            "origin": _("Assessed by the team leads"),
        },
        {
            "slug": "deployment-frequency",
            "name": _("Deployment frequency"),
            "unit": _("a week"),
            "comparison": "ge",
            "target": 5,
            "why": _("Those who deploy often deploy small, and small is safe."),
            "formula": _("Deployments to production in seven days"),
            "origin": _("Sent by the delivery pipeline"),
        },
        {
            "slug": "lead-time",
            "name": _("Lead time for changes"),
            "unit": _("hours"),
            "comparison": "lt",
            "target": 24,
            "why": _("It is how long an idea that is finished waits for its users."),
            "formula": _("Median time from commit to production"),
            "origin": _("Sent by the delivery pipeline"),
        },
        {
            "slug": "verified-on-time",
            "name": _("Verified on time"),
            "unit": "%",
            "comparison": "ge",
            "target": 90,
            "figure": "verified-share",
            "why": _("Readers rely on what has been checked."),
            "formula": _("Live artifacts that are verified / live artifacts"),
            "origin": _("The portal's own reviews"),
        },
        {
            "slug": "runs-with-success",
            "name": _("Runs with success"),
            "unit": "%",
            "comparison": "ge",
            "target": 90,
            "figure": "run-success",
            "why": _("A procedure that fails in use is wrong, whoever approved it."),
            "formula": _("Runs that succeeded / runs that ended, last 30 days"),
            "origin": _("The portal's own runs"),
        },
        {
            "slug": "change-size",
            "name": _("Size of a change"),
            "unit": _("fields"),
            "comparison": "le",
            "target": 5,
            "figure": "change-size",
            "why": _("A reviewer can judge a small change of an artifact whole."),
            "formula": _("Median of fields that a publication changed, last 30 days"),
            "origin": _("The portal's own audit"),
        },
        {
            "slug": "searches-answered",
            "name": _("Searches answered"),
            "unit": "%",
            "comparison": "ge",
            "target": 95,
            "figure": "searches-answered",
            "why": _("A search without a result is a reader who goes away."),
            "formula": _("Searches with a result / searches, last 30 days"),
            "origin": _("The portal's own log of searches"),
        },
    ]


@transaction.atomic
def ensure() -> None:
    """Make them once, while there are none: what an administrator deletes stays deleted."""
    if Kpi.objects.exists():
        return
    Kpi.objects.bulk_create(
        [Kpi(place=10 * place, **row) for place, row in enumerate(_rows(), start=1)]
    )
