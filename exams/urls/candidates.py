from django.urls import path

from exams.views import my_exams, results, room

urlpatterns = [
    path("", my_exams.overview, name="my_exams"),
    path("candidacies/<slug:code>/", my_exams.candidacy, name="candidacy"),
    path("room/<slug:code>/", room.room, name="room"),
    path("results/<slug:code>/", results.result, name="result"),
    path("receipts/<slug:code>/", results.receipt, name="receipt"),
]
