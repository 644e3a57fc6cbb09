"""Sentences that grow old, headings, long and hard text."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from wagtail.models import Page

from knowledge.governance.lint.rules.words import reading_grade
from tests.factories import ArtifactFactory
from tests.knowledge.governance.lint.test_rules import artifact, found

pytestmark = pytest.mark.django_db


def dated(text: str, today: date, written: date = date(2026, 2, 3)) -> list[str]:
    page = artifact(("paragraph", f"<p>{text}</p>"), draft=True)
    page.last_published_at = timezone.make_aware(datetime(written.year, written.month, written.day))
    return [detail for _path, _place, detail in found(page, "dated-sentence", today)]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("As of 2026 this holds.", "31 December 2026"),
        ("It holds as of March 2026.", "31 March 2026"),
        ("Planned for Q3 2025.", "30 September 2025"),
        ("We do it this year.", "31 December 2026"),
        ("Last year it was rare.", "31 December 2026"),
    ],
)
def test_a_time_that_is_over_is_found(home: Page, text: str, until: str) -> None:
    assert dated(text, date(2027, 1, 1)) == [f"True until {until}."]


def test_a_sentence_is_told_before_it_grows_old_not_sooner(home: Page, settings) -> None:
    settings.PORTAL_LINT_HORIZON_DAYS = 30
    assert dated("As of 2026 this holds.", date(2026, 11, 30)) == []
    assert len(dated("As of 2026 this holds.", date(2026, 12, 1))) == 1


def test_words_of_a_rhythm_stay_true(home: Page) -> None:
    for text in ("Look at this quarter.", "Risks of the last year.", "It ends next year."):
        assert dated(text, date(2027, 1, 1)) == []


def test_only_the_sentence_is_shown_and_program_text_is_left_alone(home: Page) -> None:
    page = artifact(
        ("paragraph", "<p>First this. As of 2020 that &amp; more. Then v1.2 this.</p>"),
        ("code", {"language": "text", "source": "# as of 2020"}),
        ("claim", {"statement": "So it is.", "source_title": "Survey, Q3 2020"}),
    )
    assert [one[:2] for one in found(page, "dated-sentence")] == [
        ("body.id-0", "As of 2020 that & more.")
    ]


def test_the_day_of_dated_statements_grows_old_too(home: Page) -> None:
    page = ArtifactFactory(as_of=date(2025, 3, 1))
    assert [path for path, *_ in found(page, "dated-sentence", date(2026, 1, 1))] == ["as_of"]
    assert not found(page, "dated-sentence", date(2025, 6, 1))


def test_a_heading_that_skips_a_level(home: Page) -> None:
    page = artifact(
        ("heading", {"text": "Section", "depth": "section"}),
        ("heading", {"text": "Too deep", "depth": "detail"}),
        ("markdown", {"source": "# One\n\n## Two\n\n#### Four\n\n```\n# no heading\n```"}),
    )
    assert [(path, place) for path, place, _ in found(page, "heading-jump")] == [
        ("body.id-1", "Too deep"),
        ("body.id-2", "Four"),
    ]


def test_a_very_long_paragraph(home: Page) -> None:
    page = artifact(
        ("paragraph", f"<p>{'word ' * 151}</p><p>{'word ' * 150}</p>"),
        ("callout", {"body": f"<ul><li>{'word ' * 100}</li><li>{'word ' * 100}</li></ul>"}),
    )
    assert [(path, detail) for path, _, detail in found(page, "long-paragraph")] == [
        ("body.id-0", "151 words")
    ]


def test_text_that_is_hard_to_read(home: Page) -> None:
    hard = (
        "Organisational heterogeneity necessitates comprehensive interdepartmental harmonisation "
    )
    easy = "We ask the team. They say what they need. " * 20
    page = artifact(("paragraph", f"<p>{hard * 20}.</p>"), ("paragraph", f"<p>{easy}</p>"))
    assert [path for path, *_ in found(page, "hard-to-read")] == ["body.id-0"]


def test_the_grade_is_that_of_the_formula() -> None:
    # 9 words, 1 sentence, 35 letters.
    text = "The quick brown fox jumps over the lazy dog."
    assert reading_grade(text) == pytest.approx(4.71 * 35 / 9 + 0.5 * 9 - 21.43)
    assert reading_grade("…") == 0
