"""A person's own tokens for the API: made, shown once, revoked. Wagtail keeps a digest of them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import APIToken

from knowledge.catalog.errors import KnowledgeError
from portal.accounts.selectors import tokens_of

MOST_TOKENS = 20


class TokenRefused(KnowledgeError):
    """The message is for the person who asked."""


@transaction.atomic
def make_token(*, by: Any, name: str) -> tuple[APIToken, str]:
    """A token that may what ``by`` may, and its plain text, which nobody can look up later.

    Raises:
        TokenRefused: the person has ``MOST_TOKENS`` of them.
    """
    # The row of the person is held: two at once would both count one too few.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    if tokens_of(by).count() >= MOST_TOKENS:
        raise TokenRefused(_("You have %d tokens. Revoke one that is not used.") % MOST_TOKENS)
    token, secret = APIToken.create_token(user=by, name=name)
    log(token, "wagtail.apitoken.create", user=by)
    return token, secret


@transaction.atomic
def revoke_token(*, by: Any, token_id: int) -> APIToken:
    """It is refused from now on; the row stays for the record.

    Raises:
        APIToken.DoesNotExist: ``by`` has no such token, or has revoked it.
    """
    token: APIToken = tokens_of(by).get(pk=token_id)
    token.revoke()
    log(token, "wagtail.apitoken.revoke", user=by)
    return token
