"""Standards, and variants of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from knowledge.catalog.models import Artifact, GuidePage
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.services import deriving
from tests.factories import ArtifactFactory, CategoryFactory, person


def words(text: str, key: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": key}


def overview(text: str = "What it is about.") -> dict[str, Any]:
    return {"type": "overview", "value": {"body": f"<p>{text}</p>"}, "id": "overview"}


BODY = [overview(), words("Talk first.", "one"), words("Then write.", "two")]


@pytest.fixture
def section(home: Any) -> Any:
    return CategoryFactory(title="Product", slug="product")


@pytest.fixture
def keeper() -> Any:
    """Who owns the variants; editors write and publish in every section."""
    return person("Editors", username="keeper", email="keeper@example.org")


@pytest.fixture
def standard(section: Any) -> Artifact:
    owner = person("Editors", username="standard-owner", email="owner@example.org")
    return ArtifactFactory(
        title="How we talk", slug="talk", parent=section, body=BODY, owner_user=owner
    )


@pytest.fixture
def derive(section: Any, keeper: Any, committed: Any) -> Callable[..., Variant]:
    """A variant, published unless it shall stay a draft."""

    def _derive(
        parent: Artifact, *, title: str = "How Payments talks", live: bool = True, **more: Any
    ) -> Variant:
        by, place = more.get("by") or keeper, more.get("place") or section
        team = more.get("team")
        variant = deriving.derive(
            parent=parent, by=by, place=place, title=title, at=timezone.now(), team=team
        )
        if live:
            committed(lambda: variant.page.get_latest_revision().publish(user=by))
        return Variant.objects.get(pk=variant.pk)

    return _derive


@pytest.fixture
def rewrite(committed: Any) -> Callable[..., Artifact]:
    """A new version with this body."""

    def _rewrite(
        page: Artifact, body: list[dict[str, Any]], *, by: Any = None, **fields: Any
    ) -> Artifact:
        page = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        page.body = page._meta.get_field("body").to_python(body)
        for name, value in fields.items():
            setattr(page, name, value)
        committed(lambda: page.save_revision(user=by).publish(user=by))
        return GuidePage.objects.get(pk=page.pk)

    return _rewrite


def body_of(page: Artifact) -> list[dict[str, Any]]:
    """What readers have, by id and words."""
    return GuidePage.objects.get(pk=page.pk).body.get_prep_value()
