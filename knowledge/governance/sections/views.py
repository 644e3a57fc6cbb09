"""The page "Section" of the admin: who owns it, and who may speak in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.governance.sections import selectors, services
from knowledge.governance.sections.forms import OwnerForm, VoiceForm

SECTIONS = (CategoryPage, SectionPage)


def manage(request: HttpRequest, page_id: int) -> HttpResponse:
    """Its owner may say who speaks; who owns it is for those who give rights."""
    section = get_object_or_404(Page.objects.type(*SECTIONS), pk=page_id).specific
    if not section.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    owner = selectors.owner_of(section)
    given = request.POST if request.method == "POST" else None
    voice = VoiceForm(
        given,
        initial={"anonymous": VoiceForm.word_for(selectors.anonymous_set_on(section))},
    )
    chooser = None
    if services.may_appoint(request.user):
        named = {"user": owner.user_id, "group": owner.group_id} if owner else {}
        chooser = OwnerForm(given, initial=named)
    if given is not None and voice.is_valid() and (chooser is None or chooser.is_valid()):
        with transaction.atomic():
            services.let_anonymous_speak(section=section, by=request.user, allowed=voice.allowed)
            if chooser is not None:
                services.appoint(section=section, by=request.user, **chooser.cleaned_data)
        messages.success(request, _("The section was changed."))
        return redirect("wagtailadmin_explore", section.pk)
    context = {"section": section, "owner": owner, "chooser": chooser, "voice": voice}
    return render(request, "sections/manage.html", context)
