"""Words beside the words: comments on the title and on a block, in the form of an artifact."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Comment, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db


def test_a_reviewer_comments_on_the_title_and_on_a_block(client, home: Page) -> None:
    author, reviewer = person("Editors"), person("Reviewers")
    page = ArtifactFactory(draft=True, owner_user=author)
    block = page.body[1].id
    client.force_login(reviewer)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'id="comments-data"' in client.get(edit).content.decode()
    said = {"position": "", "resolved": "", "DELETE": "", "id": "", "replies": inline_formset([])}
    comments = inline_formset(
        [
            said | {"text": "Shorter?", "contentpath": "title"},
            said | {"text": "Which source?", "contentpath": f"body.{block}"},
        ]
    )
    form = guide_form(title=page.title, slug=page.slug, owner_user=str(author.pk))
    for place, row in enumerate(page.body.get_prep_value()):
        form[f"body-{place}-id"] = row["id"]

    client.post(edit, form | nested_form_data({"comments": comments}))

    assert set(Comment.objects.values_list("contentpath", "text", "user")) == {
        ("title", "Shorter?", reviewer.pk),
        (f"body.{block}", "Which source?", reviewer.pk),
    }
    client.force_login(author)
    shown = client.get(edit).content.decode()
    assert json.dumps("Which source?") in shown
