import pytest

from knowledge.catalog.models import TemplatePage
from knowledge.practice.copies import services
from knowledge.practice.copies.models import FilledCopy
from tests.factories import ArtifactFactory, person

FIELDS = [
    {"key": "service", "label": "Service", "kind": "text", "required": True},
    {"key": "live", "label": "Live on", "kind": "date"},
    {"key": "parts", "label": "Parts", "kind": "several", "options": ["web", "api"]},
]
ANSWERS = {"service": "Billing", "live": "2026-12-01", "parts": ["web"]}


def body(fields=FIELDS, source="# {{ service }}\n\nLive on {{ live }}: {{ parts }}."):
    return [
        {"type": "variables", "value": {"variables": fields}},
        {"type": "document_body", "value": {"source": source}},
    ]


@pytest.fixture
def template(home) -> TemplatePage:
    return ArtifactFactory.of(
        TemplatePage, title="Launch note", slug="launch-note", version="1.0", body=body()
    )


@pytest.fixture
def me():
    return person("Viewers", username="ada")


@pytest.fixture
def mine(client, me):
    client.force_login(me)
    return client


@pytest.fixture
def copy(template, me) -> FilledCopy:
    return services.begin(page=template, by=me, name="Billing goes live", answers=ANSWERS)


def publish(page, fields, version="1.1", **more):
    """The page as it is after a new version of it."""
    page.body = page.body.stream_block.to_python(body(fields, **more))
    page.version = version
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    page.refresh_from_db()
    return page
