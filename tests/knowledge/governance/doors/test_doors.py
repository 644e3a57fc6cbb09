"""Who gets through which door: every address of the site, the admin and the API, for every role."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model, middleware
from django.contrib.auth.models import AnonymousUser
from django.template.backends.django import Template
from django.test import Client
from wagtail.models import Page

from tests.factories import SectionFactory
from tests.knowledge.governance.doors import stage as stages
from tests.knowledge.governance.doors.walking import address, expected, knock, routes

pytestmark = pytest.mark.django_db


def test_every_address_has_its_line() -> None:
    """A new view says here who may use it: add its route to a file beside this one."""
    known, there = set(expected()), set(routes())
    assert there - known == set(), "new addresses without a line in doors/*.txt"
    assert known - there == set(), "lines of addresses that are gone"


@pytest.fixture
def enter(monkeypatch):
    """Logs everybody in. Each stays one object, so that rights are asked of the database once."""
    by_session: dict[str, Any] = {}

    def remembered(request: Any) -> Any:
        return by_session.get(request.session.session_key) or AnonymousUser()

    def _enter(who: dict[str, Any]) -> dict[str, Client]:
        clients = {name: Client(raise_request_exception=False) for name in who}
        for name, user in who.items():
            if user is not None:
                clients[name].force_login(user)
                # As the database knows them now: what was asked before the stage was set is forgotten.
                known = get_user_model().objects.get(pk=user.pk)
                by_session[clients[name].session.session_key] = known
        return clients

    monkeypatch.setattr(middleware, "get_user", remembered)
    return _enter


def test_each_role_gets_through_its_own_doors(home: Page, settings, monkeypatch, enter) -> None:
    settings.PORTAL_PAGE_CACHE_SECONDS = 0
    # Who gets in is decided before anything is drawn, and drawing six thousand pages takes minutes.
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")
    section = SectionFactory(slug="owned")
    who = stages.people(section)
    stage = stages.library(home, who, section)
    clients = enter(who)
    wrong = []
    for route, (reading, writing) in expected().items():
        url = address(route, stage)
        for method, wanted in (("get", reading), ("post", writing)):
            # Where nothing is written, one who gets in everywhere tells for all.
            names = stages.PEOPLE[-len(wanted) :]
            found = "".join(knock(clients[name], method, url) for name in names)
            if found != wanted:
                wrong.append(f"{method} {route}: wanted {wanted}, found {found}")
        if "logout" in route:
            clients = enter(who)
    assert not wrong, "\n".join(wrong)
