"""What following puts on the page of an artifact; and noting that it was opened."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.following import sightings
from knowledge.governance.following.models import Follow


@hooks.register("artifact_for_person")
def offer_to_follow(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """A button for who is logged in; for everybody else a link, the same for all."""
    person = getattr(request, "user", None)
    context = {"page": page, "url": site_path(page.url_path)}
    if person is None or not person.is_authenticated:
        return {"actions": render_to_string("following/link.html", context)}
    sightings.note(person, page)
    context["follow"] = Follow.objects.filter(person=person.pk, page=page.pk).first()
    return {"actions": render_to_string("following/button.html", context, request)}
