"""Readers speak; the owner hears."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.models import Feedback


@transaction.atomic
def give(*, page: Artifact, by: Any, sort: str, text: str = "") -> Feedback:
    """Keep what a reader says and mail it to the owner after the commit.

    The caller has checked that the reader may see the page. ``by`` is None for an anonymous one.
    A plain "helpful" is kept without a mail.
    """
    feedback = Feedback.objects.create(
        page=page, version=page.version, sort=sort, text=text.strip(), author=by
    )
    if sort != Feedback.Sort.HELPFUL or feedback.text:
        transaction.on_commit(lambda: _mail(feedback))
    return feedback


def _mail(feedback: Feedback) -> None:
    from knowledge.governance.tasks import deliver_feedback

    deliver_feedback.delay(feedback.pk)


def deliver(*, feedback: Feedback) -> int:
    """Mail the feedback to the owner, or to each member of the owning group; return how many."""
    page = feedback.page
    people = [page.owner_user] if page.owner_user else []
    if page.owner_group:
        people = list(page.owner_group.user_set.filter(is_active=True))
    addresses = [person.email for person in people if person and person.email]
    who = feedback.author.get_username() if feedback.author else _("A reader")
    body = "\n".join(
        [
            _("%(who)s on “%(title)s”, version %(version)s: %(sort)s.")
            % {
                "who": who,
                "title": page.title,
                "version": feedback.version,
                "sort": feedback.get_sort_display(),
            },
            "",
            feedback.text or _("No text was given."),
            "",
            f"{settings.PORTAL_BASE_URL}{site_path(page.url_path)}",
        ]
    )
    subject = _("Feedback on %s") % page.title
    for address in addresses:
        send_mail(subject[:150], body, settings.DEFAULT_FROM_EMAIL, [address])
    return len(addresses)
