"""For operators: is the process alive, and can it do its work?"""

import time

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from search.health import status as search_status


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nothing of any service."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served: the database answers. Others may be down and are named."""
    checks = {"database": _database(), "cache": _cache()}
    healthy = checks["database"] == "ok"
    # Search asks the database too; there is no point in waiting for it a second time.
    checks["search"] = search_status() if healthy else "unknown"
    degraded = healthy and any(value != "ok" for value in checks.values())
    state = "degraded" if degraded else "ok" if healthy else "unavailable"
    return JsonResponse({"status": state, "checks": checks}, status=200 if healthy else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unavailable"
    return "ok"


def _cache() -> str:
    probe = str(time.monotonic_ns())
    cache.set("health", probe, 10)
    return "ok" if cache.get("health") == probe else "unavailable"
