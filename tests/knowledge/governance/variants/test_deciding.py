"""The standard changes: its variants' people hear once, and answer each change."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.catalog.models import GuidePage
from knowledge.governance.services import lifecycle
from knowledge.governance.variants.differing.applying import Way
from knowledge.governance.variants.errors import AnswersRefused, VariantRefused
from knowledge.governance.variants.models import Answer, Variant
from knowledge.governance.variants.selectors import asking, bodies
from knowledge.governance.variants.selectors.questions import seen
from knowledge.governance.variants.services import answering
from knowledge.governance.variants.services.answering import Choice
from knowledge.governance.variants.tasks import compare_published
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person
from tests.knowledge.governance.variants.conftest import BODY, overview, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"
ONE, TWO = words("Talk at once.", "one"), words("Ask the bank.", "three")
NEXT = [BODY[0], ONE, BODY[2], TWO]


def url(variant) -> str:
    return f"/variants/{variant.pk}/"


def open_keys(variant) -> list[str]:
    variant = Variant.objects.select_related("page__latest_revision", "parent").get(pk=variant.pk)
    return asking.of_draft(variant, bodies.of_draft(variant, bodies.version_now(variant)))


def choice(variant, key: str, **more) -> Choice:
    variant = Variant.objects.select_related("page__latest_revision", "parent").get(pk=variant.pk)
    shown = seen(bodies.of_draft(variant, bodies.version_now(variant)), key)
    return Choice(key, shown, **{"take": True, **more})


def answer(variant, by, *choices: Choice) -> Variant:
    return answering.answer(variant=variant, by=by, choices=choices, at=timezone.now())


def draft_of(variant) -> list[tuple[str, str]]:
    page = GuidePage.objects.get(pk=variant.page_id).get_latest_revision_as_object()
    rows = page.body.get_prep_value()
    return [(one["id"], str(one["value"])) for one in rows]


class TestHearing:
    def test_once_for_each_version_that_asks_something(self, standard, derive, rewrite) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT, change_note="The bank is asked.")
        compare_published()

        assert [one.to for one in mail.outbox] == [["keeper@example.org"]]
        assert "How Payments talks" in mail.outbox[0].subject
        assert "1.1. 2 changes wait" in mail.outbox[0].body
        assert "The bank is asked." in mail.outbox[0].body
        assert url(variant) in mail.outbox[0].body
        rewrite(standard, NEXT, bottom_line="Another line.")
        assert len(mail.outbox) == 2

    def test_nothing_when_nothing_is_asked(self, standard, derive, rewrite) -> None:
        derive(standard)
        rewrite(standard, BODY, change_note="Nothing new.")

        assert mail.outbox == []

    def test_nobody_who_published_it_or_may_not_see_it(
        self, standard, section, derive, rewrite, keeper, committed
    ) -> None:
        derive(standard, place=CategoryFactory())
        rewrite(standard, NEXT, by=keeper)
        close(section, group("Insiders"))
        rewrite(standard, BODY)

        assert mail.outbox == []

    def test_every_member_of_an_owning_group_alone(self, standard, derive, rewrite) -> None:
        variant = derive(standard)
        for name in ("ann", "bob"):
            person(username=name).groups.add(group("Payments"))
        gone = person(username="gone", is_active=False)
        gone.groups.add(group("Payments"))
        GuidePage.objects.filter(pk=variant.page_id).update(
            owner_user=None, owner_group=group("Payments")
        )
        rewrite(standard, NEXT)

        assert [one.to for one in mail.outbox] == [["ann@example.org"], ["bob@example.org"]]


class TestAnswering:
    def test_what_is_taken_over_stands_in_the_draft_beside_its_own(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(variant.page, [*BODY, words("Ours.", "own")])
        page = GuidePage.objects.get(pk=variant.page_id).get_latest_revision_as_object()
        page.bottom_line = "Not published yet."
        page.save_revision()
        rewrite(standard, NEXT)

        answer(variant, keeper, choice(variant, "one"))

        assert dict(draft_of(variant))["one"] == "<p>Talk at once.</p>"
        assert [key for key, _said in draft_of(variant)] == ["overview", "one", "two", "own"]
        draft = GuidePage.objects.get(pk=variant.page_id)
        assert draft.get_latest_revision_as_object().bottom_line == "Not published yet."
        assert draft.bottom_line != "Not published yet."
        variant.refresh_from_db()
        assert (variant.base.number, open_keys(variant)) == ("1.0", ["three"])

    def test_all_answered_is_level_for_the_draft_then_for_the_readers(
        self, standard, derive, rewrite, keeper, committed
    ) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)

        answer(
            variant,
            keeper,
            choice(variant, "one"),
            choice(variant, "three", take=False, reason="We have no bank."),
        )

        variant.refresh_from_db()
        assert (variant.base.number, variant.live_base.number) == ("1.1", "1.0")
        assert variant.behind == 1  # what was taken over is not published yet
        page = GuidePage.objects.get(pk=variant.page_id)
        committed(lambda: page.get_latest_revision().publish())
        variant.refresh_from_db()
        assert (variant.behind, variant.live_base.number, variant.own) == (0, "1.1", 1)
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
        assert {"governance.variant_accepted", "governance.variant_declined"} <= set(actions)

    def test_taking_everything_makes_an_unchanged_variant_the_standard(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(standard, [TWO, BODY[2], ONE, overview("Another.")])

        answer(variant, keeper, *(choice(variant, key) for key in open_keys(variant)))

        standard = GuidePage.objects.get(pk=standard.pk)
        draft = GuidePage.objects.get(pk=variant.page_id).get_latest_revision_as_object()
        assert draft.body.get_prep_value() == standard.body.get_prep_value()
        variant.refresh_from_db()
        assert variant.base.number == "1.1"

    def test_goes_on_with_the_group_when_the_owner_leaves(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        other = person("Editors", email="other@example.org")
        keeper.is_active = False
        keeper.save()

        rewrite(standard, NEXT)

        assert ["other@example.org"] in [one.to for one in mail.outbox]
        assert ["keeper@example.org"] not in [one.to for one in mail.outbox]
        answer(variant, other, choice(variant, "one"))

    def test_goes_on_when_both_pages_move(self, client, standard, derive, rewrite, keeper) -> None:
        variant = derive(standard)
        place = CategoryFactory()
        for page in (standard, variant.page):
            GuidePage.objects.get(pk=page.pk).move(place, pos="last-child")
        rewrite(standard, NEXT)
        client.force_login(keeper)

        html = BeautifulSoup(client.get(url(variant)).content, "html.parser")

        assert html.select(f'a[href="{GuidePage.objects.get(pk=standard.pk).url}"]')
        assert len(html.select(".drift__question")) == 2

    @pytest.mark.parametrize("how", ["archived", "superseded"])
    def test_is_told_that_the_standard_is_retired(
        self, client, standard, derive, keeper, how
    ) -> None:
        variant = derive(standard)
        boss = person("Administrators")
        if how == "archived":
            lifecycle.archive(page=standard, by=boss, at=timezone.now())
        else:
            successor = ArtifactFactory(title="How we all talk")
            lifecycle.supersede(page=standard, by=boss, successor=successor)
        client.force_login(keeper)

        said = client.get(url(variant)).content.decode()

        told = "no longer maintained" if how == "archived" else "How we all talk"
        assert told in said

    def test_what_was_declined_is_asked_again_when_it_changes_again(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        answer(variant, keeper, choice(variant, "one", take=False, reason="Ours is better."))
        rewrite(standard, [overview("Another."), *NEXT[1:]])
        assert open_keys(variant) == ["overview", "three"]

        rewrite(standard, [BODY[0], words("Talk at noon.", "one"), BODY[2], TWO])

        assert open_keys(variant) == ["one", "three"]

    def test_a_decline_needs_a_reason_and_loses_nothing_else(
        self, client, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        client.force_login(keeper)
        sent = form_of(client, variant) | {
            "choice-one": "take",
            "choice-three": "decline",
            "reason-one": f"Kept {HOSTILE}",
        }

        answered = client.post(url(variant), sent)

        assert answered.status_code == 400
        html = BeautifulSoup(answered.content, "html.parser")
        assert "Say why" in html.select_one(".field__error").text
        assert html.select_one("input[name=choice-one]").has_attr("checked")
        assert html.select_one("textarea[name=reason-one]").text.strip() == f"Kept {HOSTILE}"
        assert HOSTILE not in answered.content.decode()
        assert not Answer.objects.exists()
        assert len(draft_of(variant)) == 3

    def test_the_second_of_two_people_is_told_who_was_first(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        first, second = choice(variant, "one"), choice(variant, "one", take=False, reason="No.")
        answer(variant, keeper, first)

        for late in (first, second):
            with pytest.raises(AnswersRefused) as refused:
                answer(variant, person("Editors"), late)
            assert "Keeper has answered this already: Taken over." in refused.value.faults["one"]
        assert Answer.objects.count() == 1

    def test_an_answer_to_what_is_not_there_any_more_is_not_taken(
        self, standard, derive, rewrite, keeper
    ) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        late = choice(variant, "one")
        rewrite(standard, [BODY[0], words("Talk at noon.", "one"), *BODY[2:]])

        with pytest.raises(AnswersRefused, match="Nothing was changed"):
            answer(variant, keeper, late)

    def test_a_page_under_review_is_not_written(self, standard, derive, rewrite, keeper) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        page = GuidePage.objects.get(pk=variant.page_id)
        page.locked, page.locked_by = True, person("Editors")
        page.save()

        with pytest.raises(VariantRefused, match="locked"):
            answer(variant, keeper, choice(variant, "one"))

    def test_is_for_those_who_may_edit_the_variant(self, client, standard, derive, rewrite) -> None:
        variant = derive(standard)
        rewrite(standard, NEXT)
        assert "/login/" in client.get(url(variant))["Location"]
        for who in (person("Viewers"), person("Contributors")):
            client.force_login(who)
            assert client.get(url(variant)).status_code == 404
            with pytest.raises(PermissionDenied):
                answer(variant, who, choice(variant, "one"))


class TestConflicts:
    @pytest.fixture
    def variant(self, standard, derive, rewrite):
        variant = derive(standard)
        rewrite(variant.page, [BODY[0], words("Talk on Mondays.", "one"), BODY[2]])
        rewrite(standard, NEXT)
        return variant

    def test_are_shown_with_all_three_texts(self, client, variant, keeper) -> None:
        client.force_login(keeper)

        html = BeautifulSoup(client.get(url(variant)).content, "html.parser")

        conflict = html.select_one(".drift__question--conflict")
        texts = [" ".join(one.get_text(" ").split()) for one in conflict.select(".drift__text")]
        assert texts == ["Before Talk first.", "Now Talk at once.", "Mine Talk on Mondays."]
        assert conflict.select_one("details").has_attr("open")
        assert not conflict.select("input[value=take]")

    def test_a_person_says_which_text_stands(self, variant, keeper) -> None:
        with pytest.raises(AnswersRefused) as refused:
            answer(variant, keeper, choice(variant, "one"))
        assert "which of the texts" in refused.value.faults["one"]

        answer(variant, keeper, choice(variant, "one", way=Way.THEIRS))

        assert dict(draft_of(variant))["one"] == "<p>Talk at once.</p>"

    def test_are_left_open_when_all_the_others_are_taken(self, client, variant, keeper) -> None:
        client.force_login(keeper)

        client.post(url(variant), form_of(client, variant) | {"all": "1"})

        assert open_keys(variant) == ["one"]
        assert dict(draft_of(variant))["three"] == "<p>Ask the bank.</p>"

    def test_a_part_that_the_standard_dropped_is_one(self, variant, rewrite, standard, keeper):
        rewrite(standard, [BODY[0], BODY[2]])
        assert open_keys(variant) == ["one"]

        answer(variant, keeper, choice(variant, "one", way=Way.THEIRS))

        assert [key for key, _said in draft_of(variant)] == ["overview", "two"]


class TestWithoutStandard:
    @pytest.mark.parametrize("how", ["unpublished", "deleted", "closed"])
    def test_says_the_same_whatever_became_of_it(
        self, client, standard, section, derive, rewrite, keeper, committed, how
    ) -> None:
        variant = derive(standard, place=CategoryFactory())
        rewrite(standard, NEXT)
        late = choice(variant, "one")
        if how == "unpublished":
            committed(standard.unpublish)
        elif how == "deleted":
            standard.delete()
        else:
            close(section, group("Insiders"))
        client.force_login(keeper)

        said = client.get(url(variant)).content.decode()

        assert "is not available" in said
        assert "How we talk" not in said
        assert "Talk at once." not in said
        with pytest.raises(VariantRefused, match="not available"):
            answer(variant, keeper, late)


def test_costs_the_same_for_one_change_as_for_many(
    client, standard, derive, rewrite, keeper, django_assert_max_num_queries
) -> None:
    variant = derive(standard)
    client.force_login(keeper)
    counts = []
    for body in ([BODY[0], ONE, BODY[2]], [overview("A."), ONE, words("B.", "two"), TWO]):
        rewrite(standard, body)
        client.get(url(variant))
        with django_assert_max_num_queries(60) as queries:
            client.get(url(variant))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def form_of(client, variant) -> dict[str, str]:
    """The hidden fields of the page, as a browser sends them."""
    html = BeautifulSoup(client.get(url(variant)).content, "html.parser")
    hidden = html.select("main input[type=hidden]")
    return {one["name"]: one["value"] for one in hidden if re.match("seen-", one["name"])}
