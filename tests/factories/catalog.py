"""The page tree. ``home()`` sets up the site with its roles; pages are published with a revision."""

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.catalog import models
from knowledge.governance.services import roles
from tests.factories.users import UserFactory

# One valid raw body for each kind, so that a page can be published. Raw = the JSON of a StreamField.
PROSE = [{"type": "paragraph", "value": "<p>Some text about the matter.</p>"}]


class PageFactory(factory.django.DjangoModelFactory):
    """Adds the page below ``parent``; live ones get a published revision."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        parent = kwargs.pop("parent", None) or cls.default_parent()
        live = kwargs.pop("live", True)
        body = kwargs.pop("body", None)
        relations = {
            name: kwargs.pop(name)
            for name in ("industries", "tools", "audiences", "regions", "tags")
            if name in kwargs
        }
        page = model_class(*args, **kwargs, live=False)
        if body is not None:
            field = model_class._meta.get_field("body")
            page.body = field.to_python(body) if isinstance(body, list) else body
        parent.refresh_from_db()
        with disable_reference_index_auto_update():  # publishing notes the references again
            parent.add_child(instance=page)
            for name, values in relations.items():
                if name == "tags":
                    page.tags.add(*values)
                else:
                    setattr(page, name, values)
            revision = page.save_revision(clean=False)
        if live:
            revision.publish(skip_permission_checks=True)
            page.refresh_from_db()
        return page

    @classmethod
    def default_parent(cls) -> Page:
        return home()


class HomeFactory(PageFactory):
    class Meta:
        model = models.HomePage

    title = "Playbooks"
    slug = "home-of-playbooks"

    @classmethod
    def default_parent(cls) -> Page:
        return Page.get_first_root_node()


def home() -> models.HomePage:
    """The home page of the default site, with roles and workflow; made once a test."""
    page = models.HomePage.objects.first()
    if page is None:
        page = HomeFactory()
        site, _created = Site.objects.get_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
        )
        site.root_page = page
        site.save()
        roles.ensure(home=page)
    return page


class CategoryFactory(PageFactory):
    class Meta:
        model = models.CategoryPage

    title = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.Sequence(lambda n: f"category-{n}")


class SectionFactory(PageFactory):
    class Meta:
        model = models.SectionPage

    title = factory.Sequence(lambda n: f"Section {n}")
    slug = factory.Sequence(lambda n: f"section-{n}")

    @classmethod
    def default_parent(cls) -> Page:
        return CategoryFactory()


class ArtifactFactory(PageFactory):
    """A guide unless ``model`` is passed by ``ArtifactFactory.of(models.RunbookPage)``."""

    class Meta:
        model = models.GuidePage

    title = factory.Sequence(lambda n: f"Artifact {n}")
    slug = factory.Sequence(lambda n: f"artifact-{n}")
    bottom_line = "What it gives, in one sentence."
    owner_user = factory.SubFactory(UserFactory)
    body = factory.LazyFunction(
        lambda: [{"type": "overview", "value": {"body": "<p>An overview.</p>"}}, *PROSE]
    )

    class Params:
        draft = factory.Trait(live=False)
        verified = factory.Trait(
            last_reviewed=factory.LazyFunction(timezone.localdate),
            next_review=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90)),
        )
        overdue = factory.Trait(
            last_reviewed=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=200)),
            next_review=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=5)),
        )
        stale = factory.Trait(
            last_reviewed=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=400)),
            next_review=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=200)),
        )
        archived = factory.Trait(archived_at=factory.LazyFunction(timezone.now))

    @classmethod
    def default_parent(cls) -> Page:
        return models.CategoryPage.objects.first() or CategoryFactory()

    @classmethod
    def of(cls, model: type, **kwargs: Any) -> Any:
        """An artifact of another kind: ``ArtifactFactory.of(models.RunbookPage, body=[...])``."""
        kwargs.setdefault("body", PROSE)
        built = factory.build(dict, FACTORY_CLASS=_Fields, **kwargs)
        return cls._create(model, **built)


class _Fields(factory.DictFactory):
    title = factory.Sequence(lambda n: f"Artifact of a kind {n}")
    slug = factory.Sequence(lambda n: f"artifact-of-a-kind-{n}")
    bottom_line = "What it gives, in one sentence."
    owner_user = factory.LazyFunction(UserFactory)


class FaqPageFactory(PageFactory):
    class Meta:
        model = models.FaqPage

    title = "Questions"
    slug = factory.Sequence(lambda n: f"questions-{n}")

    @classmethod
    def default_parent(cls) -> Page:
        return models.CategoryPage.objects.first() or CategoryFactory()


class FaqEntryFactory(PageFactory):
    class Meta:
        model = models.FaqEntryPage

    title = factory.Sequence(lambda n: f"How does number {n} work?")
    slug = factory.Sequence(lambda n: f"how-does-number-{n}-work")
    bottom_line = "It works like this."
    owner_user = factory.SubFactory(UserFactory)
    body = factory.LazyFunction(lambda: PROSE)

    @classmethod
    def default_parent(cls) -> Page:
        return models.FaqPage.objects.first() or FaqPageFactory()


class IndustryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Industry

    name = factory.Sequence(lambda n: f"Industry {n}")
    slug = factory.Sequence(lambda n: f"industry-{n}")


class ToolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Tool

    name = factory.Sequence(lambda n: f"Tool {n}")
    slug = factory.Sequence(lambda n: f"tool-{n}")


def close(page: Page, *groups: Group) -> PageViewRestriction:
    """Open the page and all below it to these groups only; to logged-in people when none is given."""
    sort = PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=sort)
    restriction.groups.set(groups)
    return restriction
