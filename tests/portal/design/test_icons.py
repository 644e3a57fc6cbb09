"""Every kind and every state of trust has its icon; no template asks for one that is not there."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from knowledge.catalog.kinds import Kind
from knowledge.catalog.trust import TrustState

ROOT = Path(__file__).resolve().parents[3]
SPRITE = (ROOT / "static" / "icons" / "sprite.svg").read_text()
DRAWN = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
ASKED = re.compile(r'{% icon "([\w-]+)"')


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_has_an_icon_and_a_hue(kind):
    styles = (ROOT / "static" / "css" / "components" / "catalog" / "card.css").read_text()
    assert kind in DRAWN
    assert f".kind--{kind} {{ --kind: var(--kind-{kind}); }}" in styles


@pytest.mark.parametrize("state", TrustState.values)
def test_each_state_of_trust_has_a_shape(state):
    assert state in DRAWN


def test_templates_ask_only_for_icons_that_exist():
    folders = [ROOT / name for name in ("portal", "search", "knowledge", "templates_lib")]
    templates = [path for folder in folders for path in folder.rglob("*.html")]
    asked = {name for path in templates for name in ASKED.findall(path.read_text())}
    assert asked
    assert asked <= DRAWN


def test_an_icon_is_decoration_and_escapes_its_name():
    html = Template("{% load icons %}{% icon name %}").render(Context({"name": '"><script>'}))
    assert 'aria-hidden="true"' in html
    assert "<script>" not in html
