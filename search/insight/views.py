"""A reader who found nothing says what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knowledge.governance.origin import is_foreign
from knowledge.governance.throttle import too_many
from search.insight import wishes
from search.insight.forms import WishForm

LIMIT_PER_HOUR = 20


# As for feedback: the page with the form is kept for everybody and so carries no token.
@csrf_exempt
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    if is_foreign(request):
        return _answer(request, 403)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _answer(request, 400, form=form)
    if not form.cleaned_data["website"]:
        if too_many(request, what="wish", limit=LIMIT_PER_HOUR):
            return _answer(request, 429)
        wishes.make(words=form.cleaned_data["q"], details=form.cleaned_data["details"])
    return _answer(request, 200, words=form.cleaned_data["q"])


def _answer(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    return render(request, "insight/wish.html", {"status": status, **context}, status=status)
