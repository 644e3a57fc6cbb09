"""Addresses of filled copies."""

from django.urls import path

from knowledge.practice.copies.views import change, keeping, reading

app_name = "copies"
urlpatterns = [
    path("copies/", reading.index, name="index"),
    path("copies/new/<int:page_id>/", change.new, name="new"),
    path("copies/<int:copy_id>/", change.show, name="copy"),
    path("copies/<int:copy_id>/download.<slug:extension>", reading.download, name="download"),
    path("copies/<int:copy_id>/take-over/", change.take_over, name="take_over"),
    path("copies/<int:copy_id>/people/", keeping.people, name="people"),
    path("copies/<int:copy_id>/delete/", keeping.delete, name="delete"),
]
