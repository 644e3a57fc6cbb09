"""Uploaded pictures. A front server may take this over where no collection is restricted; then the headers
are what matters.
"""

import posixpath
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from knowledge.catalog import file_rights

# Documents are not handed out here: they have a view of their own, which asks for the right.
PUBLIC, PRIVATE = "public, max-age=86400", "private, max-age=600"
PUBLIC_FOLDERS = ("images/", "original_images/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, never shown as anything else than the picture type of its name.

    Raises:
        Http404: there is none, or it lies in a collection that is closed to the person.
    """
    # Django's view would resolve "images/../documents/x" after the question was answered.
    if posixpath.normpath(path) != path or not path.startswith(PUBLIC_FOLDERS):
        raise Http404
    everybodys = _is_everybodys(path, request.user)
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse) and not response["Content-Type"].startswith("image/"):
        response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = PUBLIC if everybodys else PRIVATE
    return response


def _is_everybodys(path: str, user: Any) -> bool:
    """Whether anybody may see the picture. One query while no collection is restricted."""
    restricted = file_rights.restricted_collections()
    if not restricted:
        return True
    collection = file_rights.collection_of_picture(path)
    if collection.startswith(file_rights.closed_collections(user)):
        raise Http404
    return not collection.startswith(restricted)
