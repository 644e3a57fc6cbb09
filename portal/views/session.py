"""For the edit forms of the admin: whether the person is still logged in."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """Whose session it is, and the token that forms need now: logging in again replaces it."""
    person = request.user.get_username() if request.user.is_authenticated else ""
    return JsonResponse({"person": person, "token": get_token(request)})
