"""One demo login for each role; the groups are there already (``site.ensure_home``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group


@dataclass(frozen=True, slots=True)
class Login:
    """A demo login; ``is_new`` tells whether it has the password of this run."""

    username: str
    role: str
    is_new: bool


def ensure_people(rows: Iterable[Mapping[str, Any]], password: str) -> list[Login]:
    """The people of the taxonomy file that are not there yet."""
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
