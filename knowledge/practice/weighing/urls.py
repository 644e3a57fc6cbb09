"""Addresses of weighted decisions while they are made."""

from django.urls import path

from knowledge.practice.weighing import views

app_name = "weighing"
urlpatterns = [
    path("decisions/weigh/", views.index, name="index"),
    path("decisions/weigh/start/<int:page_id>/", views.start, name="start"),
    path("decisions/weigh/<int:row_id>/", views.show, name="show"),
    path("decisions/weigh/<int:row_id>/invite/", views.invite, name="invite"),
    path("decisions/weigh/<int:row_id>/decide/", views.decide, name="decide"),
    path("decisions/weigh/<int:row_id>/delete/", views.delete, name="delete"),
]
