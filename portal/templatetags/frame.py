"""``{% unchanging "partials/footer.html" %}``: a part of the page that is the same for everybody.

Drawn once for each language and process. A page has a hundred addresses and words in its frame, and
looking them all up again was a tenth of the time of a page of results.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def unchanging(name: str) -> SafeString:
    """The template ``name``, which may use nothing of the request, the person or the page."""
    if settings.DEBUG:
        # Who works on a template wants to see the change.
        return render_to_string(name)
    return _drawn(name, get_language())


@lru_cache(maxsize=64)
def _drawn(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)
