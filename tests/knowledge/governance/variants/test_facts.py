"""What the standard changes beside its body: the bottom line, the title, terms; answered one by one."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.catalog.models import GuidePage, Industry, RelatedArtifact, Tag
from knowledge.governance.variants.errors import AnswersRefused
from knowledge.governance.variants.models import Variant
from tests.factories import ArtifactFactory, CategoryFactory, close, group
from tests.knowledge.governance.variants.conftest import BODY, words
from tests.knowledge.governance.variants.test_deciding import answer, choice, open_keys, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"


def draft_of(variant) -> GuidePage:
    return GuidePage.objects.get(pk=variant.page_id).get_latest_revision_as_object()


def shown(client, variant, by) -> tuple[str, str]:
    client.force_login(by)
    content = client.get(url(variant)).content.decode()
    return content, " ".join(BeautifulSoup(content, "html.parser").main.get_text(" ").split())


def test_a_new_bottom_line_is_shown_and_taken_over(
    client, standard, derive, rewrite, keeper
) -> None:
    before = standard.bottom_line
    variant = derive(standard)
    rewrite(standard, BODY, bottom_line=f"Said better {HOSTILE}")
    assert open_keys(variant) == ["fact-bottom_line"]
    content, said = shown(client, variant, keeper)
    assert "1 change up to version 1.1 waits" in said
    assert f"Before {before}" in said
    assert f"Now Said better {HOSTILE}" in said
    assert HOSTILE not in content
    variant.refresh_from_db()
    assert (variant.behind, variant.own) == (1, 0)

    client.post(
        url(variant),
        {
            "seen-fact-bottom_line": choice(variant, "fact-bottom_line").seen,
            "choice-fact-bottom_line": "take",
        },
    )

    assert draft_of(variant).bottom_line == f"Said better {HOSTILE}"
    assert draft_of(variant).title == "How Payments talks"
    assert open_keys(variant) == []
    assert Variant.objects.get(pk=variant.pk).base.number == "1.1"


def test_a_title_is_the_variants_own_until_it_is_given_up(
    standard, derive, rewrite, keeper
) -> None:
    variant = derive(standard)
    rewrite(standard, BODY, title="How we speak")
    assert open_keys(variant) == ["fact-title"]
    with pytest.raises(AnswersRefused):
        answer(variant, keeper, choice(variant, "fact-title"))
    with pytest.raises(AnswersRefused):
        answer(variant, keeper, choice(variant, "fact-title", take=False))

    answer(variant, keeper, choice(variant, "fact-title", take=False, reason="Ours says whose."))

    assert draft_of(variant).title == "How Payments talks"
    assert open_keys(variant) == []
    assert variant.answers.get().label == "Title"
    rewrite(standard, BODY, title="How all of us speak")
    assert open_keys(variant) == ["fact-title"]


def test_what_the_variant_says_already_asks_nothing(standard, derive, rewrite) -> None:
    variant = derive(standard)
    rewrite(variant.page, BODY, maturity=3)
    rewrite(standard, BODY, maturity=3)
    assert open_keys(variant) == []


def test_terms_go_over_and_the_body_beside_them(standard, derive, rewrite, keeper) -> None:
    variant = derive(standard)
    bank = Industry.objects.create(name="Banking", slug="banking")
    draft = GuidePage.objects.get(pk=standard.pk).get_latest_revision_as_object()
    draft.industries.set([bank])
    draft.save_revision()
    rewrite(standard, [BODY[0], words("Talk at once.", "one"), BODY[2]])
    assert open_keys(variant) == ["fact-industries", "one"]

    answer(variant, keeper, choice(variant, "fact-industries"), choice(variant, "one"))

    page = draft_of(variant)
    assert [term.name for term in page.industries.all()] == ["Banking"]
    assert "Talk at once." in str(page.body.get_prep_value())
    assert open_keys(variant) == []


def test_who_keeps_it_and_where_it_stands_are_its_own(standard, derive, rewrite, keeper) -> None:
    variant = derive(standard)
    rewrite(standard, BODY, owner_user=keeper, slug="elsewhere", change_note="Moved.")
    assert open_keys(variant) == []


def test_answers_are_kept_until_the_standard_says_something_else(
    standard, derive, rewrite, keeper
) -> None:
    variant = derive(standard)
    rewrite(standard, BODY, effort_minutes=30)
    answer(
        variant,
        keeper,
        choice(variant, "fact-effort_minutes", take=False, reason="We do it in ten."),
    )
    rewrite(standard, BODY, as_of=timezone.localdate())
    assert open_keys(variant) == ["fact-as_of"]
    rewrite(standard, BODY, effort_minutes=45)
    assert set(open_keys(variant)) == {"fact-as_of", "fact-effort_minutes"}


def related(page, *targets) -> None:
    draft = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.related_links = [
        RelatedArtifact(sort_order=number, target_id=one.pk) for number, one in enumerate(targets)
    ]
    draft.save_revision()


def test_tags_are_asked_about_and_taken_over(client, standard, derive, rewrite, keeper) -> None:
    variant = derive(standard)
    tag = Tag.objects.create(name=f"Meetings {HOSTILE}", slug="meetings")
    draft = GuidePage.objects.get(pk=standard.pk).get_latest_revision_as_object()
    draft.tags.set([tag])
    draft.save_revision()
    rewrite(standard, BODY)
    assert open_keys(variant) == ["fact-tags"]
    content, said = shown(client, variant, keeper)
    assert f"Before (empty) Now Meetings {HOSTILE} Mine (empty)" in said
    assert HOSTILE not in content

    answer(variant, keeper, choice(variant, "fact-tags"))

    assert [one.pk for one in draft_of(variant).tags.all()] == [tag.pk]
    assert open_keys(variant) == []


def test_related_artifacts_are_asked_about_in_their_order(
    client, standard, derive, rewrite, keeper, section
) -> None:
    one, two = (ArtifactFactory(title=title, slug=title, parent=section) for title in ("A", "B"))
    variant = derive(standard)
    related(standard, two, one)
    rewrite(standard, BODY)
    assert open_keys(variant) == ["fact-related_links"]
    assert "Before (empty) Now B, A Mine (empty)" in shown(client, variant, keeper)[1]

    answer(variant, keeper, choice(variant, "fact-related_links"))

    assert [link.target_id for link in draft_of(variant).related_links.all()] == [two.pk, one.pk]
    assert open_keys(variant) == []
    related(standard, one, two)
    rewrite(standard, BODY)
    assert open_keys(variant) == ["fact-related_links"]


def test_that_the_standard_names_its_variant_asks_nothing(
    standard, derive, rewrite, keeper, section
) -> None:
    variant = derive(standard)
    related(standard, variant.page)
    rewrite(standard, BODY)
    assert open_keys(variant) == []
    other = ArtifactFactory(title="A", slug="a", parent=section)
    related(standard, variant.page, other)
    rewrite(standard, BODY)

    answer(variant, keeper, choice(variant, "fact-related_links"))

    assert [link.target_id for link in draft_of(variant).related_links.all()] == [other.pk]


def test_a_related_artifact_that_is_closed_is_not_named(
    client, standard, derive, rewrite, keeper, section
) -> None:
    room = CategoryFactory(title="Board", slug="board")
    hidden = ArtifactFactory(title="Layoffs", slug="layoffs", parent=room)
    close(room, group("Board"))
    variant = derive(standard)
    related(standard, hidden)
    rewrite(standard, BODY)

    assert "Layoffs" not in shown(client, variant, keeper)[0]
