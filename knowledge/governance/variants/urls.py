"""Addresses of variants on the public site."""

from django.urls import path

from knowledge.governance.variants.views import deriving, listing

app_name = "variants"
urlpatterns = [
    path("variants/", listing.mine, name="mine"),
    path("variants/new/<int:page_id>/", deriving.new, name="new"),
    path("variants/of/<int:page_id>/", listing.of_standard, name="of_standard"),
]
