"""Every address of the platform."""

from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from config.api import api
from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("api/", api.urls),
    path("cms/", include(wagtailadmin_urls)),
    path("content/", include(wagtail_urls)),
]
