"""A contributor and a reviewer: submitted, returned with a reason, submitted again, published."""

import pytest
from django.core import mail
from django.urls import reverse

from knowledge.catalog.models import GuidePage
from tests.admin_forms import guide_form

pytestmark = pytest.mark.django_db


def test_a_contribution_goes_through_review(library, visitor) -> None:
    contributor, reviewer, reader = visitor("carla"), visitor("tomasz"), visitor()
    carla_id = contributor.client.session["_auth_user_id"]
    add = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", library["operations"].pk])
    fields = {"title": "Hand over a shift", "slug": "hand-over", "owner_user": carla_id}

    contributor.send(add, **guide_form(**fields), **{"action-submit": "1"})
    page = GuidePage.objects.get(slug="hand-over")
    assert not page.live
    assert [letter.to for letter in mail.outbox if "Hand over" in letter.subject]
    assert reader.open(page.url).status == 404

    # While it is in review its author does not change it.
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    contributor.send(edit, **guide_form(**{**fields, "title": "Changed meanwhile"}))
    assert page.get_latest_revision_as_object().title == "Hand over a shift"

    assert "Hand over a shift" in reviewer.open("/admin/").text
    state = page.current_workflow_task_state
    reject = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    mail.outbox.clear()
    reviewer.send(reject, comment="")
    assert page.workflow_states.get().status == "in_progress"
    reviewer.send(reject, comment="Say who is told.")
    (letter,) = mail.outbox
    assert letter.to == ["carla@example.org"]
    assert "Say who is told." in letter.body

    again = guide_form(**fields, bottom_line="Tell the incoming lead and the duty manager.")
    contributor.send(edit, **again, **{"action-submit": "1"})

    page = GuidePage.objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    assert "duty manager" in reviewer.open(compare).text
    reviewer.send(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    )

    reader.open(page.url)
    assert "Tell the incoming lead and the duty manager." in reader.text
    assert "Verified" in reader.text
    assert "Tomasz" in reader.text
    assert any("carla@example.org" in letter.to for letter in mail.outbox[1:])


def test_a_reviewer_confirms_what_is_due(library, visitor) -> None:
    from tests.factories import ArtifactFactory

    due = ArtifactFactory(parent=library["operations"], title="Old but true", overdue=True)
    reviewer, reader = visitor("tomasz"), visitor()
    assert "Due for review" in reader.open(due.url).text

    reviewer.open(reverse("wagtailadmin_pages:edit", args=[due.pk]))
    reviewer.click("Confirm that it still holds")
    reviewer.send(reverse("artifact_confirm", args=[due.pk]), note="Read it all.")
    assert "Confirmed." in reviewer.text

    assert "Due for review" not in reader.open(due.url).text
    history = reviewer.open(reverse("wagtailadmin_pages:history", args=[due.pk]))
    assert "Confirmed that it still holds" in history.text
