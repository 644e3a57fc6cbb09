import pytest

from search.checks import check_database, check_settings


def ids() -> list[str]:
    return [message.id for message in check_settings()]


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9200", "https://search.example.org/es"])
def test_good_settings_pass(settings, url):
    settings.SEARCH_ELASTICSEARCH_URL = url
    assert ids() == []


@pytest.mark.parametrize(
    "url", ["localhost:9200", "ftp://x:1", "http://", "http://x:port", "http://x"]
)
def test_a_wrong_address_is_named(settings, url):
    settings.SEARCH_ELASTICSEARCH_URL = url
    (message,) = check_settings()
    assert message.id == "search.E001"
    assert "ELASTICSEARCH_URL" in message.hint


@pytest.mark.parametrize("prefix", ["", "Portal", "a*", "a,b", "-a", "a b"])
def test_a_wrong_prefix_is_named(settings, prefix):
    settings.SEARCH_INDEX_PREFIX = prefix
    assert ids() == ["search.E002"]


@pytest.mark.parametrize("seconds", [0, -1, 600.0])
def test_a_wrong_time_limit_is_named(settings, seconds):
    settings.SEARCH_TIMEOUT_SECONDS = seconds
    assert ids() == ["search.E003"]


@pytest.mark.django_db
def test_the_database_is_known():
    assert check_database(databases=["default"]) == []
