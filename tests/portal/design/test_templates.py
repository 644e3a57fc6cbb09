"""What the policy of the site forbids is in no template, and error pages need no database."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = [
    path
    for folder in ("portal", "search", "knowledge", "templates_lib")
    for path in (ROOT / folder).rglob("*.html")
    if "admin" not in path.parts and "wagtailadmin" not in path.parts
]
FORBIDDEN = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=|\son[a-z]+=|javascript:",
    re.IGNORECASE,
)
STATIC_FILE = re.compile(r'{% static "([^"]+)"')


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_inline(path):
    assert FORBIDDEN.findall(path.read_text()) == []


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_static_files_are_there(path):
    missing = [name for name in STATIC_FILE.findall(path.read_text()) if not finders.find(name)]
    assert missing == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "could not be understood"),
        ("403.html", "You may not do this"),
        ("404.html", "nothing at this address"),
        ("429.html", "Too many attempts"),
        ("500.html", "went wrong on our side"),
        ("csrf.html", "The form was too old"),
    ],
)
def test_an_error_page_says_what_to_do_without_the_database(rf, template, words):
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    html = render_to_string(template, {}, request)  # any query would be refused here
    assert words in html
    assert 'href="/"' in html
    assert 'id="main"' in html
