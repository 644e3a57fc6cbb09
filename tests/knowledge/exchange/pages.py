"""An artifact with something of everything that a file must carry along."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from knowledge.catalog import models
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group

HEADINGS = ["Overview", "When to use it", "Details", "Fine print"]
TASK = "Tell the duty engineer"
CODE = 'make deploy STAGE="live" && echo <done> | tee #log'


@dataclass
class Rich:
    page: Any
    category: Any
    section: Any
    linked: Any
    hidden: Any
    image: Any

    @property
    def address(self) -> str:
        return f"/{self.category.slug}/{self.section.slug}/{self.page.slug}/"


def picture(title: str = "The pipeline", colour: str = "teal", form: str = "PNG") -> Any:
    """An image of the portal with a real file."""
    data = io.BytesIO()
    PillowImage.new("RGB", (320, 160), colour).save(data, form)
    name = f"{title.lower().replace(' ', '-')}.{form.lower().replace('jpeg', 'jpg')}"
    file = SimpleUploadedFile(name, data.getvalue())
    return get_image_model().objects.create(title=title, file=file)


def body(image: Any, linked: Any, hidden: Any) -> list[dict[str, Any]]:
    return [
        {"type": "overview", "value": {"body": "<p>What this is <b>about</b>.</p>"}},
        {"type": "heading", "value": {"text": HEADINGS[1], "depth": "section"}},
        {
            "type": "paragraph",
            "value": (
                f'<p>First read <a linktype="page" id="{linked.pk}">the neighbour</a>, then '
                f'<a linktype="page" id="{hidden.pk}">the secret</a>, and '
                '<a href="https://example.org/paper">a paper</a>.</p>'
                "<ul><li>one<ul><li>inside one</li></ul></li><li>two</li></ul>"
                "<ol><li>first</li><li>second</li></ol>"
            ),
        },
        {"type": "heading", "value": {"text": HEADINGS[2], "depth": "subsection"}},
        {"type": "image", "value": {"image": image.pk, "alt": "Four stages in a row"}},
        {"type": "code", "value": {"language": "bash", "source": CODE}},
        {
            "type": "table",
            "value": {
                "caption": "Channels",
                "columns": [
                    {"type": "text", "heading": "Purpose"},
                    {"type": "number", "heading": "Hours"},
                ],
                "rows": [{"values": ["<p>Incident | call</p>", 4]}],
            },
        },
        {
            "type": "checklist",
            "value": {"title": "Before you start", "steps": [{"task": TASK}, {"task": "Wait"}]},
        },
        {
            "type": "callout",
            "value": {"tone": "warning", "title": "Mind", "body": "<p>Back up first.</p>"},
        },
        {"type": "heading", "value": {"text": HEADINGS[3], "depth": "section"}},
        {"type": "paragraph", "value": "<p>Café → “straße” ≥ 3 €.</p>"},
    ]


def make_rich() -> Rich:
    category = CategoryFactory(title="Operations", slug="operations")
    section = SectionFactory(title="Handbook", slug="handbook", parent=category)
    private = SectionFactory(title="Board only", slug="board", parent=category)
    close(private, group("Administrators"))
    linked = ArtifactFactory(title="The neighbour page", slug="neighbour", parent=section)
    hidden = ArtifactFactory(title="Secret plans", slug="secret", parent=private)
    image = picture()
    page = ArtifactFactory.of(
        models.GuidePage,
        title="Deploy on a Friday",
        slug="deploy-friday",
        bottom_line="Do it before noon, or do not do it.",
        change_note="Noon instead of two o'clock.",
        parent=section,
        tags=["Releases"],
        body=body(image, linked, hidden),
    )
    return Rich(page, category, section, linked, hidden, image)
