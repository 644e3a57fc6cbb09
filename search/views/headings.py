"""The lists of all kinds, industries, tags and so on: where they are, and what they say of themselves."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Listing:
    """``field`` is one of ``facets.FIELDS`` and the name of the address of one value."""

    field: str
    title: str | Promise
    intro: str | Promise

    @property
    def index_url_name(self) -> str:
        return f"search:{self.field}_index"


LISTINGS = {
    listing.field: listing
    for listing in (
        Listing("kind", _("Kinds"), _("What an artifact is, from playbook to checklist.")),
        Listing("industry", _("Industries"), _("Artifacts by the industry they were made for.")),
        Listing("maturity", _("Maturity"), _("Artifacts by the maturity that a team needs.")),
        Listing("tag", _("Tags"), _("Artifacts by what they are about.")),
        Listing("tool", _("Tools"), _("Artifacts by the tools they work with.")),
        Listing("audience", _("Audiences"), _("Artifacts by the people they are written for.")),
        Listing("region", _("Regions"), _("Artifacts that hold in one region only.")),
    )
}
