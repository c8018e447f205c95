from django.urls import path
from django.views.generic import RedirectView

from cms.views import files, search

app_name = "cms"
urlpatterns = [
    path("content/search/", search.search, name="search"),
    # Wagtail's account page knows first and last names and avatars; ours knows officers.
    path("cms/account/", RedirectView.as_view(pattern_name="account:profile"), name="account"),
    # One way in: ours reads numbers in one form, so that failures are counted for one account.
    path("cms/login/", RedirectView.as_view(pattern_name="account:login", query_string=True), name="login"),
    path("media/<path:path>", files.picture, name="picture"),
]
