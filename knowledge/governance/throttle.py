"""How often one sender may speak. Counted in the cache, by the hour."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR_SECONDS = 3600


def client_address(request: HttpRequest) -> str:
    """The sender's address as the outermost of our own proxies saw it.

    ``PORTAL_TRUSTED_PROXIES`` says how many stand before us; what a client claims in front of
    them is not believed.
    """
    proxies = getattr(settings, "PORTAL_TRUSTED_PROXIES", 0)
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def too_many(request: HttpRequest, *, what: str, limit: int) -> bool:
    """Count one more of ``what``; whether its sender has now had more than ``limit`` this hour."""
    person = request.user.pk if request.user.is_authenticated else client_address(request)
    key = f"throttle:{what}:{person}"
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return (cache.incr(key) or 0) > limit
    except ValueError:
        # The cache server is away: better to hear people than to refuse them.
        return False
