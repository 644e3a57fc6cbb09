import pytest
from django.http import QueryDict

from search.querying.errors import NoSuchPage
from search.querying.request import MAX_PAGE, from_parameters


def test_an_address_is_read():
    asked = from_parameters(
        QueryDict("q=roll+back&kind=guide&kind=sop&kind=guide&sort=title&page=3")
    )
    assert asked.q == "roll back"
    assert asked.filters == {"kind": ("guide", "sop")}
    assert (asked.order, asked.page) == ("title", 3)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("q=x", "relevance"),
        ("", "updated"),
        ("sort=relevance", "updated"),
        ("sort=nonsense&q=x", "relevance"),
        ("sort=maturity", "maturity"),
    ],
)
def test_the_order_in_force(query, order):
    assert from_parameters(QueryDict(query)).order == order


@pytest.mark.parametrize(
    "page", ["0", "-1", "x", "1.5", "9" * 30, "٣", "+1", str(MAX_PAGE + 1), "%00"]
)
def test_what_is_not_a_page_is_refused(page):
    with pytest.raises(NoSuchPage):
        from_parameters(QueryDict(f"page={page}".replace("+", "%2B")))


def test_a_thousand_values_are_cut():
    query = "&".join(f"tag=t{number}" for number in range(1000))
    assert len(from_parameters(QueryDict(query)).filters["tag"]) == 100


def test_a_browse_page_fixes_its_subject():
    asked = from_parameters(QueryDict("kind=guide&tag=x")).on(kind="sop")
    assert asked.filters == {"tag": ("x",)}
    assert asked.within == {"kind": ("sop",)}
