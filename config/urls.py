"""Every address of the platform."""

from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from config.health import healthz

urlpatterns = [
    # First, for the examination room looks its addresses up at every save.
    path("api/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("training.urls")),
    path("", include("common.urls")),
    path("account/", include("personnel.account_urls")),
    path("personnel/", include("personnel.urls")),
    path("banks/", include("question_banks.urls")),
    path("exams/", include("exams.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("cms.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("content/", include(wagtail_urls)),
]
