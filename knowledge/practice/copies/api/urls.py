"""Addresses of filled copies for machines."""

from django.urls import path

from knowledge.practice.copies.api import views

app_name = "copies_api"
urlpatterns = [
    path("copies/", views.CopiesView.as_view(), name="copies"),
    path("copies/<int:copy_id>/", views.OneCopyView.as_view(), name="copy"),
    path("copies/<int:copy_id>/finish/", views.FinishView.as_view(), name="finish"),
    path("copies/<int:copy_id>/reopen/", views.ReopenView.as_view(), name="reopen"),
    path("copies/<int:copy_id>/take-over/", views.TakeOverView.as_view(), name="take_over"),
    path("copies/<int:copy_id>/forget/", views.ForgetView.as_view(), name="forget"),
]
