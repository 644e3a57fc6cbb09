"""Addresses of saved searches; names are those of search."""

from django.urls import path

from search.saved import feeds, views

urlpatterns = [
    path("saved/", views.index, name="saved"),
    path("saved/new/", views.new, name="saved_new"),
    path("saved/<int:saved_id>/", views.change, name="saved_change"),
    path("saved/<int:saved_id>/delete/", views.delete, name="saved_delete"),
    path("saved/<int:saved_id>/feed/", views.renew_feed, name="saved_renew_feed"),
    path("feeds/search.atom", feeds.SearchFeed(), name="feed"),
    path("feeds/saved/<str:token>.atom", feeds.SavedFeed(), name="saved_feed"),
]
