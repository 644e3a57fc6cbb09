"""Writes with an ``Idempotency-Key`` are carried out once (docs/adr/0016).

The key is written in the transaction of the write: after a crash neither is there, and of two at once
the second waits at the unique index until the first is through. Only what was carried out is kept;
what was refused changed nothing, and may be corrected and sent again under the same key.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.permissions import access_for
from portal.api.errors import TooLarge, refused
from portal.api.models import KEY_CHARS, KeptAnswer
from portal.api.schema import HEADER, PREFIX, WRITES

KEPT_FOR = timedelta(hours=24)
REPLAYED = "Idempotent-Replayed"


class IdempotencyMiddleware:
    """Stands inside of whatever finds out who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER)
        if (
            key is None
            or request.method not in WRITES
            or not request.path.startswith(PREFIX)
            or not request.user.is_authenticated
        ):
            return self.get_response(request)
        if not (0 < len(key) <= KEY_CHARS and key.isascii() and key.isprintable()):
            words = _("An Idempotency-Key has 1 to %d printable ASCII characters.")
            return refused(400, words % KEY_CHARS)
        try:
            return self._once(request, key)
        except RequestDataTooBig:
            return refused(413, str(TooLarge.default_detail))

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        now = timezone.now()
        print_of_it = _fingerprint(request)
        access = access_for(request.user).key
        mine = KeptAnswer.objects.filter(person=request.user.pk, key=key)
        with transaction.atomic():
            mine.filter(at__lte=now - KEPT_FOR).delete()
            kept, is_new = KeptAnswer.objects.get_or_create(
                person_id=request.user.pk,
                key=key,
                defaults={"fingerprint": print_of_it, "access": access, "at": now},
            )
            if not is_new:
                return _again(kept, print_of_it, access)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif response.status_code >= 400 or response.streaming:
                kept.delete()
            else:
                _keep(kept, response)
        return response


def _keep(kept: KeptAnswer, response: HttpResponse) -> None:
    kept.status = response.status_code
    kept.body = response.content.decode()
    kept.media_type = response.headers.get("Content-Type", "")
    kept.location = response.headers.get("Location", "")
    kept.save()


def _again(kept: KeptAnswer, print_of_it: str, access: str) -> HttpResponse:
    if kept.fingerprint != print_of_it:
        return refused(422, _("This Idempotency-Key was used for another request."))
    if kept.access != access:
        # The first answer may tell what the person may not see any more.
        words = _("This was carried out. What you may see has changed since; read its state anew.")
        return refused(409, words)
    response = HttpResponse(kept.body, status=kept.status, content_type=kept.media_type)
    if kept.location:
        response["Location"] = kept.location
    response[REPLAYED] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """The same for the same request; a form with files is read, as each sending bounds its parts anew."""
    digest = hashlib.sha256()
    for part in _parts(request):
        # The length before each part: what ends one and what begins the next cannot be moved.
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return digest.hexdigest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    yield f"{request.method} {request.get_full_path()}".encode()
    if request.content_type != "multipart/form-data" or request.method != "POST":
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        yield from (text.encode() for text in (name, *values))
    for name, files in sorted(request.FILES.lists()):
        yield name.encode()
        for file in files:
            yield (file.name or "").encode()
            yield from file.chunks()
            file.seek(0)


def forget_old(*, now: datetime) -> int:
    """Delete what answers nobody any more; how many there were."""
    return KeptAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()[0]
