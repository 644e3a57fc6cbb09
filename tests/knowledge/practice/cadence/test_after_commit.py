"""What is made after a publication may fail; the publication does not."""

import pytest

from tests.factories import ArtifactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_what_fails_after_the_commit_can_be_told_by_its_name(
    django_capture_on_commit_callbacks,
) -> None:
    page = ArtifactFactory()

    with django_capture_on_commit_callbacks() as waiting:
        page.save_revision().publish()

    # Django names it when it fails; without a name the answer to the editor is an error.
    assert waiting
    assert all(hasattr(one, "__qualname__") for one in waiting)
