"""Addresses of learning (home, programmes, lessons) and of what follows from results."""

from training.urls import learning, records

app_name = "training"
urlpatterns = [*learning.urlpatterns, *records.urlpatterns]
