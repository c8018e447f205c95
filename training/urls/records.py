"""What follows from results: certificates, retraining, public verification, certified on duty."""

from django.urls import URLPattern, path

from training.views import certificates, coverage, retraining, verification

urlpatterns: list[URLPattern] = [
    path("certificates/", certificates.index, name="certificates"),
    path("certificates/<str:number>.pdf", certificates.document, name="certificate"),
    path("verify/", verification.verify, name="verify"),
    path("results/<str:code>/next/", retraining.after_result, name="after_result"),
    path("retraining/<str:code>/", retraining.plan, name="retraining"),
    path("coverage/", coverage.index, name="coverage"),
    path("coverage/<str:code>/", coverage.unit, name="coverage_unit"),
    path("coverage/<str:code>/export/", coverage.export, name="coverage_export"),
]
