"""Who wrote what waits: everybody who saved it since it was last published, and who submitted it."""

from wagtail.models import Page, Revision


def changed_by(page: Page) -> set[int]:
    """Ids of people. A reviewer who corrected the draft is one of them."""
    drafts = Revision.objects.for_instance(page).filter(user__isnull=False)
    if page.live_revision_id:
        drafts = drafts.filter(pk__gt=page.live_revision_id)
    authors = set(drafts.order_by().values_list("user", flat=True).distinct())
    state = page.current_workflow_state
    if state is not None and state.requested_by_id:
        authors.add(state.requested_by_id)
    return authors
