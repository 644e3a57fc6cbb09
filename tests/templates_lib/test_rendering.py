"""Where links lead, for this reader."""

import pytest

from templates_lib.base import ProseBlock
from templates_lib.rendering import (
    LinkTarget,
    RenderContext,
    current,
    page_target,
    rendering,
)
from tests.templates_lib.helpers import render, soup

TARGET = LinkTarget(url="/operations/sop/?a=1&b=2", title="SOP")
SHOWN = RenderContext(pages={7: TARGET})


class Page:
    pk = 7
    url = "/own/"
    title = "Own title"


def test_page_leads_where_the_context_says():
    with rendering(SHOWN):
        assert page_target(Page()) is page_target(7) is TARGET
    with rendering(RenderContext()):
        assert page_target(Page()) is page_target(7) is None


def test_without_a_context_the_page_speaks_for_itself():
    assert current() is None
    assert page_target(Page()) == LinkTarget(url="/own/", title="Own title")
    assert page_target(7) is None
    assert page_target(None) is None


def test_contexts_nest_and_end_also_after_an_error():
    with rendering(SHOWN):
        with rendering(RenderContext()):
            assert page_target(7) is None
        assert page_target(7) is TARGET
        with pytest.raises(ValueError, match="x"), rendering(RenderContext()):
            raise ValueError("x")
        assert current() is SHOWN
    assert current() is None


@pytest.mark.parametrize("page_id", ["8", "", "7 or 1=1", "-7", "٧", "²"])
def test_link_in_prose_to_a_page_that_is_not_shown_is_only_words(page_id):
    html = f'<p><a linktype="page" id="{page_id}">words</a></p>'
    with rendering(SHOWN):
        page = soup(render(ProseBlock(), html))
    assert page.get_text() == "words"
    assert not page.find("a", href=True)


def test_link_in_prose_is_escaped():
    with rendering(SHOWN):
        html = render(ProseBlock(), '<p><a linktype="page" id="7">words</a></p>')
    assert 'href="/operations/sop/?a=1&amp;b=2"' in html


def test_links_cost_no_query(django_assert_num_queries, db):
    html = '<p><a linktype="page" id="7">a</a> <a linktype="page" id="8">b</a></p>'
    with django_assert_num_queries(0), rendering(SHOWN):
        render(ProseBlock(), html * 20)
