"""Headers that keep a page to itself: on the site, in the admin, in the frame of a diagram."""

import pytest
from django.test import Client
from wagtail.embeds.finders import get_finders
from wagtail.models import Page

from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db


def policy(answer) -> dict[str, str]:
    parts = (part.strip() for part in answer["Content-Security-Policy"].split(";"))
    return {part.split(" ", 1)[0]: part.partition(" ")[2] for part in parts if part}


@pytest.mark.parametrize("path", ["/", "/no-such-page/", "/login/", "/robots.txt", "/healthz/live"])
def test_the_site_allows_no_inline_script_and_no_other_host(home: Page, client, path: str) -> None:
    found = policy(client.get(path))
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == "'self'"
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert found[name] == "'none'"
    assert found["form-action"] == "'self'"
    assert "unsafe" not in str(found)


def test_a_page_from_the_cache_has_the_same_headers(home: Page, client) -> None:
    page = ArtifactFactory()
    cold, warm = client.get(page.url), client.get(page.url)
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    ):
        assert warm.get(name) == cold.get(name) is not None, name


def test_every_answer_is_guarded_against_sniffing_framing_and_features(home: Page, client) -> None:
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_admin_has_a_policy_of_its_own(home: Page, client) -> None:
    client.force_login(person("Editors"))
    found = policy(client.get("/admin/"))
    assert found["script-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == found["object-src"] == "'none'"


def test_the_frames_of_embeds_are_let_in_where_embeds_are_on(home: Page, client, settings) -> None:
    settings.PORTAL_PAGE_CACHE_SECONDS = 0
    page = ArtifactFactory()
    settings.PORTAL_EMBEDS_ENABLED = False
    assert policy(client.get(page.url))["frame-src"] == "'self'"
    assert policy(page.make_preview_request())["frame-src"] == "'self'"
    settings.PORTAL_EMBEDS_ENABLED = True
    for answer in (client.get(page.url), page.make_preview_request()):
        frames = policy(answer)["frame-src"].split()
        assert frames[0] == "'self'"
        assert {"https://www.youtube.com", "https://player.vimeo.com"} < set(frames)
        assert policy(answer)["script-src"] == "'self'"
    client.force_login(person("Editors"))
    for path in ("/admin/", "/api/v1/docs/"):
        assert policy(client.get(path))["frame-src"] == "'self'", path
    assert "frame-src" not in policy(client.get("/diagrams/frame/"))


def test_only_providers_whose_frames_are_let_in_are_asked() -> None:
    taken = {
        url: any(finder.accept(url) for finder in get_finders())
        for url in (
            "https://www.youtube.com/watch?v=1",
            "https://vimeo.com/1",
            "https://www.loom.com/share/1",
            # It answers with a script.
            "https://gist.github.com/somebody/1",
        )
    }
    assert list(taken.values()) == [True, True, True, False]


def test_the_frame_of_a_diagram_may_style_itself_and_nothing_else(home: Page, client) -> None:
    answer = client.get("/diagrams/frame/")
    found = policy(answer)
    assert found["script-src"] == "'self'"
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["form-action"] == "'none'"
    assert "connect-src" not in found
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_no_page_of_the_site_has_inline_script_or_style(home: Page, client) -> None:
    from bs4 import BeautifulSoup

    artifact = ArtifactFactory()
    for path in ("/", artifact.url, artifact.get_parent().url, "/search/?q=x", "/login/", "/404/"):
        soup = BeautifulSoup(client.get(path, follow=True).content, "html.parser")
        assert not [tag for tag in soup("script") if not tag.get("src")], path
        assert not soup("style"), path
        for tag in soup(True):
            assert not tag.get("style"), (path, tag.name)
            assert not [name for name in tag.attrs if name.startswith("on")], (path, tag.name)
            for name in ("src", "href"):
                address = tag.get(name, "")
                if tag.name in ("script", "link", "img", "iframe") and address.startswith("http"):
                    assert address.startswith("http://127.0.0.1:8000/"), (path, address)


def test_cookies_are_kept_from_scripts_and_other_sites(home: Page, client) -> None:
    client.get("/login/")
    person("Editors", username="edna")
    client.post("/login/", {"username": "edna", "password": "a-long-test-password"})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused_in_the_style_of_the_site(home: Page) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "site-header" in answer.content.decode()
