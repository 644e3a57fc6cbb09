"""Addresses of variants on the public site."""

from django.urls import path

from knowledge.governance.variants.views import deciding, deriving, gates, listing

app_name = "variants"
urlpatterns = [
    path("variants/", listing.mine, name="mine"),
    path("variants/new/<int:page_id>/", deriving.new, name="new"),
    path("variants/of/<int:page_id>/", listing.of_standard, name="of_standard"),
    path("variants/<int:variant_id>/", deciding.show, name="show"),
    path("variants/<int:variant_id>/gates/", gates.ask, name="ask"),
    path("variants/gates/<int:request_id>/", gates.decide, name="gate"),
]
