"""What stands beside the body, put from one state of an artifact into another. In memory only."""

from collections.abc import Iterable
from typing import Any

from knowledge.catalog.models import RelatedArtifact
from knowledge.governance.variants.differing.facts import RELATED


def carry(names: Iterable[str], *, source: Any, into: Any) -> None:
    """The fields ``names`` of ``into`` say what ``source`` says; what is related leads to no artifact
    itself and none twice.
    """
    for name in names:
        if name == RELATED:
            targets = dict.fromkeys(link.target_id for link in source.related_links.all())
            targets.pop(into.pk, None)
            into.related_links = [
                RelatedArtifact(sort_order=number, target_id=pk)
                for number, pk in enumerate(targets)
            ]
            continue
        field = into._meta.get_field(name)
        if field.many_to_many:
            getattr(into, name).set(getattr(source, name).all())
        else:
            setattr(into, field.attname, getattr(source, field.attname))
