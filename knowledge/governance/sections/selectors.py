"""What holds in a section, its own or inherited from above."""

from wagtail.models import Page

from knowledge.catalog.selectors.categories import STEP_CHARS
from knowledge.governance.sections.models import SectionOwner, SectionVoice


def owner_of(section: Page) -> SectionOwner | None:
    """Who is named on this very section."""
    named = SectionOwner.objects.filter(section=section.pk)
    return named.select_related("user", "group", "rights").first()


def anonymous_set_on(section: Page) -> bool | None:
    """What this very section says; None when it leaves it to those above."""
    return (
        SectionVoice.objects.filter(section=section.pk).values_list("anonymous", flat=True).first()
    )


def anonymous_may_speak(page: Page) -> bool:
    """Whether feedback on ``page`` may come from people who are not logged in. One query."""
    above = [page.path[:end] for end in range(STEP_CHARS, len(page.path) + 1, STEP_CHARS)]
    rules = SectionVoice.objects.filter(section__path__in=above).order_by("-section__depth")
    nearest = rules.values_list("anonymous", flat=True).first()
    return True if nearest is None else nearest
