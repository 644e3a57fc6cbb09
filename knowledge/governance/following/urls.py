from django.urls import path

from knowledge.governance.following import views

app_name = "following"
urlpatterns = [
    path("", views.changed, name="changed"),
    path("seen/", views.seen, name="seen"),
    path("list/", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("rhythm/", views.rhythm, name="rhythm"),
    path("<int:follow_id>/end/", views.end, name="end"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
