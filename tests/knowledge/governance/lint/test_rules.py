"""What the rules find in a draft, and where it is."""

from datetime import date

import pytest
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from knowledge.catalog.models import ActionPlanPage, Artifact, BlueprintPage
from knowledge.governance.lint import selectors
from tests.factories import ArtifactFactory, CategoryFactory, group, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def artifact(*blocks: tuple[str, object], model: type[Artifact] | None = None, **fields: object):
    body = [
        {"type": name, "value": value, "id": f"id-{place}"}
        for place, (name, value) in enumerate(blocks)
    ]
    make = ArtifactFactory if model is None else lambda **kw: ArtifactFactory.of(model, **kw)
    return make(body=body, **fields)


def found(page: Artifact, code: str, today: date = TODAY) -> list[tuple[str, str, str]]:
    return [
        (one.spot.path, one.spot.place, one.spot.detail)
        for one in selectors.of_draft(page, today=today)
        if one.rule.code == code
    ]


def item(value: dict, key: str) -> dict:
    return {"type": "item", "id": key, "value": value}


def test_a_page_in_order_has_no_findings(home: Page) -> None:
    assert selectors.of_draft(ArtifactFactory(), today=TODAY) == []


def test_no_bottom_line_and_no_owner(home: Page) -> None:
    page = ArtifactFactory(draft=True, owner_user=None)
    page.bottom_line = " "
    assert found(page, "bottom-line-missing") == [("bottom_line", "", "")]
    assert found(page, "owner-missing") == [("owner_user", "", "")]


def test_an_owner_who_left_and_a_group_without_people(home: Page) -> None:
    left = person(first_name="Ada", last_name="Gone", is_active=False)
    empty = group("Nobody's group")
    empty.user_set.add(left)
    staffed = group("Somebody's group")
    staffed.user_set.add(left, person())

    assert found(ArtifactFactory(owner_user=left), "owner-inactive") == [
        ("owner_user", "Ada Gone", "")
    ]
    for owner, places in ((empty, ["owner_group"]), (staffed, [])):
        page = ArtifactFactory(owner_user=None, owner_group=owner)
        assert [path for path, *_ in found(page, "owner-inactive")] == places


def test_rows_are_found_with_their_place(home: Page) -> None:
    page = artifact(
        (
            "steps",
            {
                "steps": [
                    item({"title": "Stop", "outcome": "It stands"}, "a"),
                    item({"title": "Look"}, "b"),
                ]
            },
        ),
        (
            "handoffs",
            {"handoffs": [item({"from_role": "Dev", "to_role": "Ops", "input": "x"}, "c")]},
        ),
        ("failure_modes", {"modes": [item({"failure": "Disk full"}, "d")]}),
        ("claim", {"statement": "Teams save 30 per cent."}),
        ("image", {"image": 1, "caption": "The plan"}),
    )
    assert found(page, "step-without-outcome") == [("body.id-0.steps.b", "Look", "")]
    assert found(page, "handoff-incomplete") == [
        ("body.id-1.handoffs.c", "Dev → Ops", "Owner, Outcome")
    ]
    assert found(page, "failure-without-recovery") == [("body.id-2.modes.d", "Disk full", "")]
    assert found(page, "claim-without-source") == [("body.id-3", "Teams save 30 per cent.", "")]
    assert found(page, "picture-without-words") == [("body.id-4.alt", "The plan", "")]


def test_tasks_without_owner_and_a_blueprint_without_gate(home: Page) -> None:
    plan = artifact(
        ("tasks", {"tasks": [{"task": "Write it"}, {"task": "Read it", "owner_role": "Lead"}]}),
        model=ActionPlanPage,
    )
    assert [place for _path, place, _detail in found(plan, "task-without-owner")] == ["Write it"]
    gates = ("quality_gates", {"gates": [{"name": "Ready", "criterion": "All read"}]})
    assert found(artifact(model=BlueprintPage), "gate-missing")
    assert not found(artifact(gates, model=BlueprintPage), "gate-missing")
    assert not found(plan, "gate-missing")


def test_links_to_what_is_retired_or_gone(home: Page) -> None:
    archived = ArtifactFactory(archived_at=timezone.now())
    draft = ArtifactFactory(draft=True)
    deleted = ArtifactFactory()
    page = artifact(
        ("related", {"links": [item({"page": archived.pk}, "a"), item({"page": draft.pk}, "b")]}),
        ("paragraph", f'<p>See <a linktype="page" id="{deleted.pk}">this</a>.</p>'),
    )
    assert found(page, "dead-link-inside") == [
        ("body.id-0.links.b.page", "", "The page is not published.")
    ]
    deleted.delete()

    (spot,) = [
        one.spot
        for one in selectors.of_draft(page, today=TODAY)
        if one.rule.code == "link-to-retired"
    ]
    assert (spot.path, spot.other) == ("body.id-0.links.a.page", archived.pk)
    assert ("body.id-1", "", "The page was deleted.") in found(page, "dead-link-inside")


def test_a_successor_may_speak_of_what_was_before(home: Page) -> None:
    old = ArtifactFactory()
    new = artifact(("related", {"links": [{"page": old.pk}]}))
    Artifact.objects.filter(pk=old.pk).update(superseded_by=new)
    assert not found(new, "link-to-retired")
    assert found(artifact(("related", {"links": [{"page": old.pk}]})), "link-to-retired")


def test_addresses_of_this_site_must_lead_somewhere(home: Page, settings) -> None:
    settings.PORTAL_BASE_URL = "https://portal.example.org"
    target = ArtifactFactory(parent=CategoryFactory(slug="ops"), slug="here")
    fine = [
        target.url,
        "/search/?q=x",
        "#part",
        "mailto:a@b.example",
        "https://elsewhere.example/x",
    ]
    dead = ["/ops/nowhere/", "https://portal.example.org/ops/gone"]
    links = "".join(f'<a href="{one}">x</a>' for one in [*fine, *dead])
    page = artifact(("paragraph", f"<p>{links}</p>"))
    assert [place for _path, place, _detail in found(page, "dead-link-inside")] == dead

    source = f"[one]({dead[0]}) and `[two](/no/)`\n\n```\n[three](/no/)\n```"
    page = artifact(("markdown", {"source": source}))
    assert [place for _path, place, _detail in found(page, "dead-link-inside")] == [dead[0]]


def test_a_recovery_that_was_deleted_is_none(home: Page) -> None:
    runbook = ArtifactFactory()
    page = artifact(
        ("failure_modes", {"modes": [{"failure": "Disk full", "recovery": runbook.pk}]})
    )
    assert not found(page, "failure-without-recovery")
    runbook.delete()
    assert found(page, "failure-without-recovery")


def test_queries_do_not_grow_with_what_is_linked(home: Page, django_assert_num_queries) -> None:
    targets = [ArtifactFactory() for _ in range(6)]
    few, many = (
        artifact(("related", {"links": [{"page": one.pk} for one in chosen]}), title=f"T {size}")
        for size, chosen in ((1, targets[:1]), (6, targets))
    )
    with django_assert_num_queries(6):
        selectors.of_draft(few, today=TODAY)
    with django_assert_num_queries(6):
        selectors.of_draft(many, today=TODAY)


def test_what_leads_to_a_page_is_known(home: Page) -> None:
    target = ArtifactFactory()
    page = artifact(("related", {"links": [{"page": target.pk}]}))
    ReferenceIndex.create_or_update_for_object(page)
    assert selectors.referrers([target.pk]) == [page.pk]
