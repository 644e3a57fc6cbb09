"""The owner answers what a reader said, and says what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.permissions import access_for
from knowledge.catalog.services import freshness
from knowledge.governance.errors import AnswerRefused
from knowledge.governance.models import Feedback
from knowledge.governance.models.feedback import MAX_TEXT_CHARS

State = Feedback.State
MAX_SUBJECT_CHARS = 150


def answers_for(user: Any, page: Page) -> bool:
    """Rights follow the tree: only what is said of pages that the person looks after."""
    return bool(
        user.has_perm("governance.change_feedback")
        and policy_registry.get_by_type(Page).user_has_any_permission_for_instance(
            user, ["change", "publish"], page
        )
    )


@transaction.atomic
def answer(
    *, feedback: Feedback, by: Any, state: str, text: str = "", done_in: str = "", at: datetime
) -> Feedback:
    """Move a piece of feedback on; its author hears of an answer that is new.

    Args:
        done_in: the version in which it was done; empty for the live one.

    Raises:
        PermissionDenied: ``by`` does not look after the page.
        AnswerRefused: the words that this state needs are missing, or there is no such version.
    """
    if not answers_for(by, feedback.page):
        raise PermissionDenied("Only those who look after the page answer what is said of it.")
    feedback = (
        Feedback.objects.select_for_update(of=("self",)).select_related("page").get(pk=feedback.pk)
    )
    text = text.strip()[:MAX_TEXT_CHARS]
    if state in (State.ANSWERED, State.DECLINED) and not text:
        raise AnswerRefused(_("Say something to the person who wrote."), "answer")
    done_in = (done_in.strip() or feedback.page.version) if state == State.DONE else ""
    if done_in and not feedback.page.versions.filter(number=done_in).exists():
        raise AnswerRefused(_("There is no version %s of this artifact.") % done_in, "done_in")
    is_news = state != State.OPEN and (text, state) != (feedback.answer, feedback.state)
    feedback.state, feedback.answer, feedback.done_in = state, text, done_in
    feedback.answered_by, feedback.answered_at = by, at
    feedback.save()
    log(feedback, "wagtail.edit", user=by, data={"state": state}, content_changed=True)
    if is_news:
        _tell(feedback)
    freshness.bump()
    return feedback


def _tell(feedback: Feedback) -> None:
    """Mail the author, unless there is none or the page is closed to them by now.

    It goes with the transaction: the portal keeps its mails in the database (governance/mail.py).
    """
    author, page = feedback.author, feedback.page
    if author is None or not (author.is_active and author.email) or author == feedback.answered_by:
        return
    if not access_for(author).opens(page.path):
        return
    subject = " ".join((_("Your feedback on %s") % page.title).split())[:MAX_SUBJECT_CHARS]
    lines = [
        _("What you said of “%(title)s”: %(state)s.")
        % {"title": page.title, "state": feedback.get_state_display()},
        *([_("Done in version %s.") % feedback.done_in] if feedback.done_in else []),
        "",
        *([feedback.answer, ""] if feedback.answer else []),
        _("You wrote:"),
        feedback.text or feedback.get_sort_display(),
        "",
        f"{settings.PORTAL_BASE_URL}{reverse('governance:mine')}",
    ]
    send_mail(subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [author.email])
