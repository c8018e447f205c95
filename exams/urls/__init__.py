"""Addresses below /exams/: what candidates see, and what exam officers do."""

from exams.urls import candidates, management

app_name = "exams"
urlpatterns = [*candidates.urlpatterns, *management.urlpatterns]
