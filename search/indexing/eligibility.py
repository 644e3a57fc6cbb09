"""Which pages are searchable: live artifacts of any privacy. As a predicate and as a query.

Privacy is no part of it: who may see what is decided at the time of the query, so that a changed
right applies at once (``search.querying.access``).
"""

from django.db.models import QuerySet
from wagtail.models import Page

from knowledge.catalog.models import Artifact


def is_eligible(page: Page) -> bool:
    return isinstance(page, Artifact) and page.live


def eligible() -> QuerySet[Artifact]:
    return Artifact.objects.filter(live=True)
