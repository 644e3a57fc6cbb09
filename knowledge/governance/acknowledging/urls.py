from django.urls import path

from knowledge.governance.acknowledging import views

app_name = "acknowledging"
urlpatterns = [
    path("", views.open_list, name="open"),
    path("<int:page_id>/confirm/", views.confirm, name="confirm"),
    path("<int:page_id>/", views.people, name="people"),
    path("<int:page_id>/people.csv", views.people_csv, name="people_csv"),
]
