from django.urls import URLPattern, path

from training.views import home, lessons, programmes

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("hours/", programmes.hours, name="hours"),
    path("lessons/<int:lesson_id>/beat/", lessons.beat, name="lesson_beat"),
]
