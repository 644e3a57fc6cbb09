"""Uploaded pictures. A front server may take this over; the headers are what matters."""

import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# Documents are not handed out here: they have a view of their own, which asks for the right.
PUBLIC_FOLDERS = ("images/", "original_images/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, never shown as anything else than the picture type of its name."""
    # Django's view would resolve "images/../documents/x" after the question was answered.
    if posixpath.normpath(path) != path or not path.startswith(PUBLIC_FOLDERS):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse) and not response["Content-Type"].startswith("image/"):
        response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=86400"
    return response
