"""Addresses of banks, questions and imports."""

from django.urls import path

from question_banks.views import banks, imports, questions

app_name = "question_banks"
urlpatterns = [
    path("", banks.index, name="banks"),
    path("template.xlsx", banks.empty_template, name="template"),
    path("questions/<slug:code>/", questions.detail, name="question"),
    path("questions/<slug:code>/<slug:name>/", questions.act, name="question_act"),
    path("imports/<slug:code>/", imports.detail, name="import_run"),
    path("imports/<slug:code>/execute/", imports.execute, name="import_execute"),
    path("imports/<slug:code>/discard/", imports.discard, name="import_discard"),
    path("<slug:code>/", banks.detail, name="bank"),
    path("<slug:code>/import/", imports.upload, name="import"),
    path("<slug:code>/review/", questions.queue, name="review"),
    path("<slug:code>/download.xlsx", banks.download, name="download"),
]
