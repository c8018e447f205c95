"""Addresses of what belongs to no part in particular."""

from django.urls import path

from common.views import jobs, ui

app_name = "common"
urlpatterns = [
    path("ui/", ui.gallery, name="ui"),
    path("jobs/", jobs.mine, name="jobs"),
    path("jobs/<slug:code>/", jobs.detail, name="job"),
    path("jobs/<slug:code>/download/", jobs.download, name="job_download"),
]
