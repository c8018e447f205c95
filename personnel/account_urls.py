"""Addresses of one's own account, below /account/."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from personnel.views import account

app_name = "account"
urlpatterns = [
    path("login/", account.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(http_method_names=["post", "options"]), name="logout"),
    path("password/", account.change_password, name="password"),
    path("profile/", account.profile, name="profile"),
    path("alive/", account.alive, name="alive"),
]
