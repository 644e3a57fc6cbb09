import pytest
from wagtail.models import Page

from search.indexing.eligibility import eligible, is_eligible
from tests.factories import close
from tests.search.helpers import artifact, section, shelf

pytestmark = [pytest.mark.django_db]


def test_the_predicate_and_the_query_agree():
    artifact("Live")
    artifact("Draft", live=False)
    private = section("Private", shelf())
    close(private)
    artifact("Closed", parent=private)
    by_predicate = {page.pk for page in Page.objects.all().specific() if is_eligible(page)}
    assert by_predicate == set(eligible().values_list("pk", flat=True))
    assert len(by_predicate) == 2
