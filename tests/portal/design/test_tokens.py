"""The colours keep the contrast that WCAG 2.2 AA asks for, in both schemes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SCHEMES = {"light": 0, "dark": 1}

COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}
BACKGROUNDS = ["color-bg", "color-surface", "color-surface-2"]
TONES = ["info", "success", "warning", "danger"]
ON_ANY_BACKGROUND = [
    *("color-text", "color-text-muted", "color-link", "color-accent"),
    *(f"color-{tone}" for tone in TONES),
    *(name for name in COLOURS if name.startswith(("kind-", "code-"))),
]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    first, second = (luminance(COLOURS[name][SCHEMES[scheme]]) for name in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ON_ANY_BACKGROUND)
def test_text_can_be_read_on_every_background(name, scheme):
    assert min(contrast(name, behind, scheme) for behind in BACKGROUNDS) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", TONES)
def test_text_can_be_read_on_its_tint(tone, scheme):
    words = ["color-text", "color-text-muted", "color-link", f"color-{tone}"]
    assert min(contrast(word, f"color-{tone}-bg", scheme) for word in words) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_outlines_of_controls_can_be_seen(scheme):
    for behind in BACKGROUNDS:
        assert contrast("color-border-strong", behind, scheme) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_main_button_can_be_read(scheme):
    assert contrast("color-accent-contrast", "color-accent", scheme) >= 4.5
    assert contrast("color-accent-contrast", "color-accent-strong", scheme) >= 4.5


def test_no_other_style_names_a_colour():
    styles = TOKENS.parent.rglob("*.css")
    named = {
        path.name: found
        for path in styles
        if path != TOKENS and (found := re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", path.read_text()))
    }
    assert named == {}
