"""People and groups."""

import factory
from django.contrib.auth.models import Group

from portal.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    first_name = factory.LazyAttribute(lambda o: o.username.title())
    password = factory.django.Password("a-long-test-password")

    class Params:
        administrator = factory.Trait(is_superuser=True)


def group(name: str) -> Group:
    """The group of that name, with its rights when the roles have been set up."""
    return Group.objects.get_or_create(name=name)[0]


def person(role: str = "", **fields: object) -> User:
    """A person in the group called ``role`` (Viewers, Contributors, Editors, Reviewers, Administrators)."""
    user = UserFactory(**fields)
    if role:
        user.groups.add(group(role))
    return user
