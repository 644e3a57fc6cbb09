"""The site's home, its groups, and one demo login for each role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.models import Page, Site

from knowledge.catalog.models import HomePage
from knowledge.governance.services import roles

# Groups a person of the taxonomy file may be in besides those of the roles.
ADMINISTRATOR = "Administrators"


@dataclass(frozen=True, slots=True)
class Login:
    """A demo login; ``is_new`` tells whether it has the password of this run."""

    username: str
    role: str
    is_new: bool


def ensure_home(fields: Mapping[str, Any]) -> HomePage:
    """The home page as the root of the site; made when there is none, else left as it is."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    home = HomePage(slug="home", title=fields["title"], intro=fields.get("intro", ""))
    # Wagtail starts with a page of its own under that address.
    welcome = Page.objects.filter(depth=2, slug="home").first()
    if welcome is not None:
        welcome.slug = "welcome"
        welcome.save()
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = site.hostname or "localhost", site.port or 80
    site.root_page, site.site_name = home, site.site_name or fields["title"]
    site.save()
    if welcome is not None and not welcome.get_children().exists():
        welcome.delete()
    return home


def ensure_people(rows: Iterable[Mapping[str, Any]], home: HomePage, password: str) -> list[Login]:
    """The groups with their rights, and the people of the taxonomy file that are not there yet."""
    roles.ensure(home=home)
    logins = []
    model = get_user_model()
    # Hashing is slow on purpose; the demo's one password is hashed once.
    hashed = make_password(password)
    known = set(model.objects.values_list("username", flat=True))
    for row in rows:
        username = row["username"]
        if username not in known:
            first, _space, last = str(row["name"]).partition(" ")
            person = model.objects.create(
                username=username,
                email=row["email"],
                password=hashed,
                first_name=first,
                last_name=last,
            )
            person.groups.set([_group(name) for name in row["groups"]])
        logins.append(Login(username, ", ".join(row["groups"]), username not in known))
    return logins


def _group(name: str) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    return group
