"""The portable form goes out and comes back; changes of people are noticed."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Page

from knowledge.catalog import models
from knowledge.catalog.bodies import LIBRARY, body
from knowledge.catalog.permissions import Access, access_for
from knowledge.exchange.documents import fingerprint, metadata
from knowledge.exchange.documents.addresses import Library
from knowledge.exchange.documents.dump import dump
from knowledge.exchange.documents.load import load_body
from knowledge.exchange.documents.metadata import MetadataError, Vocabulary
from templates_lib import portable
from templates_lib.portable import PortableError
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.factories import ArtifactFactory, IndustryFactory, UserFactory
from tests.knowledge.exchange.pages import Rich


def test_body_survives_the_way_out_and_back(rich: Rich) -> None:
    data = dump(rich.page, Access())
    library = Library(
        pages={
            "operations/handbook/neighbour": rich.linked.pk,
            "operations/board/secret": rich.hidden.pk,
        },
        images={rich.image.filename: rich.image.pk},
    )
    other = models.GuidePage(title="Copy")
    other.body = load_body(other, data["body"], library)
    assert [one.block_type for one in other.body] == [one.block_type for one in rich.page.body]
    with rendering(_portable_targets(library)):
        again = portable.dump(other.body.stream_block, other.body, library)
    assert again == data["body"]


def test_metadata_survives_the_way_out_and_back(home: Page) -> None:
    industry = IndustryFactory(slug="software")
    page = ArtifactFactory(
        maturity=2,
        effort_minutes=30,
        tags=["One", "Two"],
        industries=[industry],
        as_of=date(2026, 4, 4),
    )
    data = metadata.read(page)
    copy = models.GuidePage()
    metadata.apply(copy, data, Vocabulary.load())
    for key in ("title", "bottom_line", "maturity", "effort_minutes", "as_of", "owner_user"):
        assert getattr(copy, key) == getattr(page, key)
    assert sorted(tag.name for tag in copy.tags.all()) == ["One", "Two"]
    assert [one.slug for one in copy.industries.all()] == ["software"]


def test_what_access_hides_is_not_named(rich: Rich) -> None:
    open_to_all = dump(rich.page, access_for(None))
    open_to_some = dump(rich.page, Access())
    assert "board" not in str(open_to_all)
    assert "page:operations/board/secret" in str(open_to_some)


def test_every_block_of_the_library_goes_out_and_comes_back() -> None:
    """With the value of its preview; choosers have none there."""
    resolver = Library()
    for name, block in LIBRARY.items():
        stream = body()
        value = block.get_preview_value()
        data = portable.dump(block, value, resolver)
        loaded = portable.load(stream, [{name: data}], resolver)
        again = portable.dump(stream, stream.to_python(loaded), resolver)
        assert again == [{name: data}], name


def test_links_to_a_place_on_a_page_are_kept(rich: Rich) -> None:
    library = Library(pages={"a/b": rich.linked.pk})
    source = "[x](page:a/b#fine-print) [y](#here) [z](https://example.org/#z) [w](page:a/b)"
    html = library.prose_html(source)
    pk = rich.linked.pk
    assert f'<a linktype="page" id="{pk}" fragment="fine-print">x</a>' in html
    assert '<a href="#here">y</a>' in html
    assert '<a href="https://example.org/#z">z</a>' in html
    assert f'<a linktype="page" id="{pk}">w</a>' in html
    with rendering(RenderContext(pages={pk: LinkTarget("page:a/b", "T")})):
        assert library.prose_markdown(html) == source


def test_a_fragment_cannot_break_out_of_its_attribute(rich: Rich) -> None:
    library = Library(pages={"a/b": rich.linked.pk})
    html = library.prose_html("[x](page:a/b#%22onclick=%22alert(1)) [y](#%22%3E%3Cscript%3E)")
    assert "<script" not in html
    assert '"onclick' not in html


@pytest.mark.parametrize("change", ["title", "bottom_line", "body", "tags", "related", "draft"])
def test_fingerprint_notices_what_a_person_changes(rich: Rich, change: str) -> None:
    before = fingerprint.of(Page.objects.get(pk=rich.page.pk))
    page: Any = rich.page
    match change:
        case "body":
            del page.body[-1]
        case "tags":
            page.tags.add("Another")
        case "related":
            page.related_links = [models.RelatedArtifact(target=rich.linked)]
        case "draft":
            page.maturity = 4
        case _:
            setattr(page, change, "Something else")
    revision = page.save_revision()
    if change != "draft":
        revision.publish()
    assert fingerprint.of(Page.objects.get(pk=page.pk)) != before


def test_fingerprint_ignores_saving_reviews_and_moves_of_others(rich: Rich) -> None:
    before = fingerprint.of(Page.objects.get(pk=rich.page.pk))
    rich.page.save_revision().publish()
    models.Artifact.objects.filter(pk=rich.page.pk).update(last_reviewed=date(2026, 1, 1))
    linked = Page.objects.get(pk=rich.linked.pk)
    linked.move(Page.objects.get(pk=rich.category.pk), pos="last-child")
    linked.refresh_from_db()
    linked.slug = "renamed"
    linked.save()
    assert fingerprint.of(Page.objects.get(pk=rich.page.pk)) == before


def test_moving_or_unpublishing_counts_as_a_change(rich: Rich) -> None:
    before = fingerprint.of(Page.objects.get(pk=rich.page.pk))
    Page.objects.get(pk=rich.page.pk).unpublish()
    after = fingerprint.of(Page.objects.get(pk=rich.page.pk))
    assert after != before


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"kind": "guide"}, "title"),
        ({"kind": "novel", "title": "T"}, "kind"),
        ({"kind": "guide", "title": "T", "tags": "one"}, "tags"),
        ({"kind": "guide", "title": "T", "bottom_line": "x" * 301}, "bottom_line"),
        ({"kind": "guide", "title": "T", "colour": "red"}, "colour"),
    ],
)
def test_check_names_the_key(data: dict[str, Any], key: str) -> None:
    with pytest.raises(MetadataError) as caught:
        metadata.check(data)
    assert caught.value.key == key


def test_apply_names_the_key(home: Page) -> None:
    vocabulary = Vocabulary.load()
    for data, key in (
        ({"as_of": "yesterday"}, "as_of"),
        ({"owner": "reviewer"}, "owner"),
        ({"tools": ["hammer"]}, "tools"),
    ):
        with pytest.raises(MetadataError) as caught:
            metadata.apply(models.GuidePage(), data, vocabulary)
        assert caught.value.key == key
    with pytest.raises(MetadataError):
        vocabulary.person("nobody", "reviewed_by")


def test_a_merged_tag_is_followed(home: Page) -> None:
    kept = models.Tag.objects.create(name="APIs", slug="apis")
    models.Tag.objects.create(name="API", slug="api", merged_into=kept)
    assert Vocabulary.load().tag_list(["API", "apis", "New one"])[0] == kept


def test_a_block_that_refuses_its_value_is_named_by_its_place(home: Page) -> None:
    page = models.ChecklistPage(title="T", owner_user=UserFactory())
    data = [
        {"paragraph": "x"},
        {"checklist": {"title": "T", "steps": [{"task": "a"}, {"task": "b" * 300}]}},
    ]
    with pytest.raises(PortableError) as caught:
        load_body(page, data, Library())
    assert caught.value.path == "body.1.checklist.steps.1.task"


def _portable_targets(library: Library) -> RenderContext:
    return RenderContext(
        pages={pk: LinkTarget(f"page:{address}", "") for address, pk in library.pages.items()}
    )
