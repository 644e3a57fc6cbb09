"""The address of a recurring task."""

from django.urls import path

from knowledge.practice.cadence import views

app_name = "cadence"
urlpatterns = [path("work/recurring/<int:recurring_id>/", views.task, name="task")]
