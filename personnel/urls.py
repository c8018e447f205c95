"""Addresses of people, units, roles and the audit log, below /personnel/."""

from django.urls import path

from personnel.views import audit, officers, roster, units

app_name = "personnel"
urlpatterns = [
    path("officers/", officers.index, name="officers"),
    path("officers/add/", officers.add, name="officer_add"),
    path("officers/export/", officers.export, name="officers_export"),
    path("officers/passwords/", officers.issue_passwords, name="passwords"),
    path("officer/<str:service_no>/", officers.detail, name="officer"),
    path("officer/<str:service_no>/post/", officers.post, name="officer_post"),
    path("officer/<str:service_no>/close/", officers.close, name="officer_close"),
    path("officer/<str:service_no>/reopen/", officers.reopen, name="officer_reopen"),
    path("officer/<str:service_no>/id-number/", officers.reveal_id_number, name="officer_id_number"),
    path("officer/<str:service_no>/password/", officers.issue_password, name="officer_password"),
    path("officer/<str:service_no>/roles/grant/", officers.grant_role, name="role_grant"),
    path("officer/<str:service_no>/roles/revoke/", officers.revoke_role, name="role_revoke"),
    path("roles/", officers.role_list, name="roles"),
    path("roster/", roster.upload, name="roster"),
    path("roster/template/", roster.template, name="roster_template"),
    path("roster/plan/<str:ticket>/", roster.plan, name="roster_plan"),
    path("units/", units.tree, name="units"),
    path("units/<str:code>/add/", units.add, name="unit_add"),
    path("units/<str:code>/rename/", units.rename, name="unit_rename"),
    path("audit/", audit.index, name="audit"),
    path("audit/verify/", audit.verify, name="verify"),
]
