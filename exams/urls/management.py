"""What exam officers, invigilators and HR do: below /exams/manage/."""

from django.urls import URLPattern, path

from exams.views import exams, marking, papers, registrations, schemes, score_sheets, sittings

urlpatterns: list[URLPattern] = [
    path("manage/", exams.index, name="manage"),
    path("manage/new/", exams.create, name="manage_create"),
    path("manage/schemes/", schemes.index, name="manage_schemes"),
    path("manage/schemes/new/", schemes.create, name="manage_scheme_create"),
    path("manage/schemes/<slug:code>/", schemes.edit, name="manage_scheme"),
    path("manage/score-sheets/", score_sheets.index, name="manage_score_sheets"),
    path("manage/score-sheets/<str:code>/", score_sheets.export, name="manage_score_sheet"),
    path("manage/papers/<str:code>/", papers.detail, name="manage_paper"),
    path("manage/papers/<str:code>/seal/", papers.seal, name="manage_seal"),
    path("manage/sittings/<str:code>/", sittings.detail, name="manage_sitting"),
    path("manage/sittings/<str:code>/register/", registrations.register, name="manage_register"),
    path("manage/sittings/<str:code>/monitor/", sittings.monitor, name="manage_monitor"),
    path("manage/candidates/<str:code>/", registrations.candidate, name="manage_candidate"),
    path("manage/<str:code>/", exams.detail, name="manage_exam"),
    path("manage/<str:code>/blueprint/", exams.blueprint, name="manage_blueprint"),
    path("manage/<str:code>/draw/", papers.draw, name="manage_draw"),
    path("manage/<str:code>/sittings/new/", sittings.create, name="manage_sitting_create"),
    path("manage/<str:code>/release/", marking.release, name="manage_release"),
]
