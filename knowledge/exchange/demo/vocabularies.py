"""Terms of the taxonomy file that are not there yet. A term that a person changed stays so."""

from collections.abc import Mapping
from typing import Any

from knowledge.catalog.models import Audience, Industry, Region, Tag, Tool

MODELS = {
    "industries": Industry,
    "tools": Tool,
    "audiences": Audience,
    "regions": Region,
    "tags": Tag,
}


def ensure(taxonomy: Mapping[str, Any]) -> int:
    """Make what is missing, in the order of the file; returns how many were made."""
    made = 0
    model: Any
    for key, model in MODELS.items():
        rows = taxonomy.get(key, [])
        known = set(model.objects.values_list("slug", flat=True))
        names = {name.lower() for name in model.objects.values_list("name", flat=True)}
        fields = {field.name for field in model._meta.fields}
        for position, row in enumerate(rows):
            if row["slug"] in known or row["name"].lower() in names:
                continue
            values = {name: value for name, value in row.items() if name in fields}
            if "position" in fields:
                values.setdefault("position", (position + 1) * 10)
            model.objects.create(**values)
            made += 1
    return made
