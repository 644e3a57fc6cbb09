"""Proposals in the admin, and the way to make one below each artifact."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from knowledge.catalog.models import Artifact
from knowledge.governance.proposals import admin


@hooks.register("register_admin_urls")
def add_urls() -> list:
    return [
        path("proposals/", admin.index, name="proposals"),
        path("proposals/<int:proposal_id>/", admin.decide, name="proposal_decide"),
    ]


@hooks.register("register_admin_menu_item")
def add_menu_item() -> admin.ProposalsMenuItem:
    return admin.ProposalsMenuItem(
        _("Proposals"), reverse("proposals"), name="proposals", icon_name="edit", order=251
    )


@hooks.register("artifact_slots")
def offer_to_propose(page: Artifact, request: HttpRequest) -> dict[str, str]:
    return {"after_body": render_to_string("proposals/offer.html", {"page": page})}


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "governance.proposal_accepted", _("Accept proposal"), _("Accepted a proposal of a reader")
    )
    actions.register_action(
        "governance.proposal_declined", _("Decline proposal"), _("Declined a proposal of a reader")
    )
