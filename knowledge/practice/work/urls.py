"""Addresses of a person's work."""

from django.urls import path

from knowledge.practice.work import views

app_name = "work"
urlpatterns = [
    path("work/", views.index, name="index"),
    path("work/mail/", views.mail, name="mail"),
    path("work/calendar/", views.calendar, name="calendar"),
    path("work/calendar/<str:token>.ics", views.calendar_file, name="ics"),
    path("work/<slug:slug>/", views.section, name="section"),
]
