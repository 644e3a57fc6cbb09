"""Addresses of weighted matrices for machines."""

from django.urls import path

from knowledge.practice.weighing.api import views

app_name = "weighing_api"
urlpatterns = [
    path("matrices/", views.MatricesView.as_view(), name="matrices"),
    path("matrices/<int:row_id>/", views.OneMatrixView.as_view(), name="matrix"),
    path("matrices/<int:row_id>/scores/", views.ScoresView.as_view(), name="scores"),
    path("matrices/<int:row_id>/people/", views.PeopleView.as_view(), name="people"),
    path("matrices/<int:row_id>/decide/", views.DecideView.as_view(), name="decide"),
]
