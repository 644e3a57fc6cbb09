"""The page of tokens: those of others are not found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import APIToken

from portal.accounts import services
from portal.accounts.forms import TokenForm
from portal.accounts.selectors import tokens_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret", "context")
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; after making one its plain text, this once."""
    form = TokenForm(request.POST or None)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            token, secret = services.make_token(by=request.user, name=form.cleaned_data["name"])
        except services.TokenRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context, form = {"made": token, "secret": secret}, TokenForm()
    context |= {"form": form, "rows": list(tokens_of(request.user))}
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    try:
        token = services.revoke_token(by=request.user, token_id=token_id)
    except APIToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("“%s” is revoked and lets nobody in any more.") % token.name)
    return redirect("accounts:tokens")
