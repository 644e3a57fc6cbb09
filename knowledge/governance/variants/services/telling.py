"""The people of a variant hear once of each version of the standard that asks something of them."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import asking, bodies
from knowledge.governance.variants.services import counting, letters


@transaction.atomic
def tell(*, variant_id: int) -> int:
    """Mail those who answer for the variant and may read the standard; how many.

    Whoever published the version knows of it. What is noted and what is sent is one transaction.
    """
    rows = Variant.objects.select_for_update(of=("self",)).filter(pk=variant_id)
    variant = rows.select_related(*counting.RELATED).first()
    if variant is None or variant.parent is None or variant.told == variant.parent.version:
        return 0
    now = bodies.version_now(variant)
    if now is None:
        return 0
    variant.told = now.number
    variant.save(update_fields=["told"])
    open_keys = asking.of_draft(variant, bodies.of_draft(variant, now))
    if not open_keys:
        return 0
    people = [one for one in letters.people_of(variant.page) if one.pk != now.published_by_id]
    people = letters.who_see(people, variant.parent)
    facts = {"title": variant.parent.title, "version": now.number, "number": len(open_keys)}
    words = ngettext(
        "“%(title)s” has a new version, %(version)s. %(number)d change waits for your answer:"
        " take it over into the variant or decline it.",
        "“%(title)s” has a new version, %(version)s. %(number)d changes wait for your answer:"
        " take each over into the variant or decline it.",
        len(open_keys),
    )
    letters.send(
        to=people,
        subject=_("The standard of %s has changed") % variant.title,
        lines=[words % facts, *([now.change_note] if now.change_note else [])],
        path=reverse("variants:show", args=[variant.pk]),
    )
    return len(people)
