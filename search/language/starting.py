"""The first synonyms of an installation, from ``fixtures/synonyms.yaml``."""

import yaml
from django.conf import settings
from django.db import transaction

from knowledge.catalog.services import freshness
from search.models import SynonymSet

FILE = settings.BASE_DIR / "fixtures" / "synonyms.yaml"


@transaction.atomic
def load() -> int:
    """Fill an empty list; how many sets were added. What editors have made of it is left alone."""
    if SynonymSet.objects.exists():
        return 0
    lines = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    sets = [SynonymSet(expressions=line) for line in lines]
    for one in sets:
        one.full_clean()
    SynonymSet.objects.bulk_create(sets)
    freshness.bump()
    return len(sets)
