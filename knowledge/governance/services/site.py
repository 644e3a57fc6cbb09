"""The first home page of an installation, with its roles and workflow."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from knowledge.catalog.models import HomePage
from knowledge.governance.services import roles


@transaction.atomic
def ensure_home(*, title: str, intro: str = "") -> HomePage:
    """The live home page that the default site shows; made when there is none. Safe to repeat."""
    home = HomePage.objects.first()
    if home is None:
        home = HomePage(title=title, slug="portal", intro=intro)
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost",
            site_name=settings.WAGTAIL_SITE_NAME,
            root_page=home,
            is_default_site=True,
        )
    elif site.root_page_id != home.pk:
        welcome = site.root_page
        site.root_page = home
        # Without a name the admin greets with the host.
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
        # Wagtail's own "Welcome" page, which nobody has made into anything.
        if welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
    roles.ensure(home=home)
    return home
