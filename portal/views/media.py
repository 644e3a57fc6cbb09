"""Uploaded pictures. A front server may take this over; the headers are what matters."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# Originals and documents are not handed out here: documents have their own checked view.
PUBLIC_FOLDERS = ("images/", "original_images/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, never shown as anything else than the picture type of its name."""
    if not path.startswith(PUBLIC_FOLDERS):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse) and not response["Content-Type"].startswith("image/"):
        response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=86400"
    return response
