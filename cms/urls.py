from django.urls import path

from cms.views import files, search

app_name = "cms"
urlpatterns = [
    path("content/search/", search.search, name="search"),
    path("media/<path:path>", files.picture, name="picture"),
]
