"""Who gets which answer from which address. Written by hand: it says what shall be, not what is.

A row names a route, an address, and who gets which status; whoever is not named gets `rest`.
`*` is everybody who is logged in. Visitors who are not logged in get `visitor`.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One address and its answers."""

    route: str
    address: str
    answers: str
    method: str = "get"
    rest: int = 404
    visitor: int = 302
    data: dict[str, str] = field(default_factory=dict)

    def status_for(self, part: str) -> int:
        """Return the status that somebody shall get."""
        for entry in self.answers.split("|"):
            status, _colon, parts = entry.partition(":")
            if parts.strip() == "*" or part in parts.split():
                return int(status)
        return self.rest

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


SEEING = "unit_chief hr exam_officer auditor system_admin security_admin"
BANKS = "question_author question_reviewer exam_officer auditor"
OFFICER = "/personnel/officer/A1001/"
MANAGE = "/exams/manage/"

ROWS = [
    # --- everybody ------------------------------------------------------------------------------
    Row("healthz", "/healthz", "503: *", visitor=503),
    Row("set_language", "/language/", "302: *"),
    Row("common:ui", "/ui/", "200: *", visitor=200),
    Row("training:verify", "/verify/", "200: *", visitor=200),
    Row("account:login", "/account/login/", "302: *", visitor=200),
    Row("account:logout", "/account/logout/", "405: *", visitor=405),
    Row("account:logout", "/account/logout/", "302: *", method="post"),
    Row("account:alive", "/account/alive/", "204: *", method="post", visitor=401),
    Row("account:password", "/account/password/", "200: *"),
    Row("account:profile", "/account/profile/", "200: *"),
    Row("training:home", "/", "200: *"),
    Row("training:hours", "/hours/", "200: *"),
    Row("training:certificates", "/certificates/", "200: *"),
    Row("exams:my_exams", "/exams/", "200: *"),
    Row("common:jobs", "/jobs/", "200: *"),
    Row("cms:search", "/content/search/?q=处罚", "200: *"),
    Row("cms:picture", "/media/images/none.png", ""),
    # --- one's own ------------------------------------------------------------------------------
    Row("training:programme", "/programmes/{programme}/", "200: learner"),
    Row("training:lesson_beat", "/lessons/{lesson}/beat/", "200: *", method="post", visitor=401),
    Row("training:certificate", "/certificates/{certificate}.pdf", "200: learner hr"),
    Row("training:after_result", "/results/{result}/next/", "200: learner"),
    Row("training:retraining", "/retraining/{retraining}/", "200: colleague"),
    Row("exams:candidacy", "/exams/candidacies/{candidacy}/", "200: learner"),
    Row("exams:room", "/exams/room/{candidacy}/", "200: learner"),
    Row("exams:result", "/exams/results/{result}/", "200: learner exam_officer hr"),
    Row("exams:receipt", "/exams/receipts/{receipt}/", "200: learner"),
    Row("common:job", "/jobs/{job}/", "200: hr"),
    Row("common:job_download", "/jobs/{job}/download/", "200: hr"),
    # --- people ---------------------------------------------------------------------------------
    Row("personnel:officers", "/personnel/officers/", f"200: {SEEING} outsider"),
    Row("personnel:officer_add", "/personnel/officers/add/", "200: hr system_admin outsider"),
    Row("personnel:officers_export", "/personnel/officers/export/", f"302: {SEEING} outsider", method="post"),
    Row("personnel:passwords", "/personnel/officers/passwords/", "302: hr system_admin outsider", method="post"),
    Row("personnel:officer", OFFICER, f"200: {SEEING}"),
    Row("personnel:officer_post", f"{OFFICER}post/", "422: hr system_admin", method="post"),
    Row("personnel:officer_close", f"{OFFICER}close/", "422: hr system_admin", method="post"),
    Row("personnel:officer_reopen", f"{OFFICER}reopen/", "422: hr system_admin", method="post"),
    Row("personnel:officer_id_number", f"{OFFICER}id-number/", "422: hr", method="post"),
    Row("personnel:officer_id_number", f"{OFFICER}id-number/", "200: hr", method="post", data={"reason": "核对证件"}),
    Row("personnel:officer_password", f"{OFFICER}password/", "200: hr system_admin", method="post"),
    Row("personnel:role_grant", f"{OFFICER}roles/grant/", "422: security_admin", method="post"),
    Row("personnel:role_revoke", f"{OFFICER}roles/revoke/", "", method="post"),
    Row("personnel:roles", "/personnel/roles/", "200: security_admin auditor audit_admin"),
    Row("personnel:roster", "/personnel/roster/", "200: hr system_admin outsider"),
    Row("personnel:roster_template", "/personnel/roster/template/", "200: hr system_admin outsider"),
    Row("personnel:roster_plan", "/personnel/roster/plan/{ticket}/", "200: hr"),
    Row("personnel:units", "/personnel/units/", f"200: {SEEING} outsider"),
    Row("personnel:unit_add", "/personnel/units/SZ-ST/add/", "200: system_admin"),
    Row("personnel:unit_rename", "/personnel/units/SZ-ST/rename/", "200: system_admin"),
    Row("personnel:audit", "/personnel/audit/", "200: auditor audit_admin"),
    Row("personnel:verify", "/personnel/audit/verify/", "302: auditor audit_admin", method="post"),
    # --- certified on duty ----------------------------------------------------------------------
    Row("training:coverage", "/coverage/", "200: unit_chief hr auditor outsider"),
    Row("training:coverage_unit", "/coverage/SZ/", "200: hr auditor"),
    Row("training:coverage_unit", "/coverage/SZ-ST-01/", "200: unit_chief hr auditor"),
    Row("training:coverage_export", "/coverage/SZ/export/", "302: hr auditor", method="post"),
    # --- question banks -------------------------------------------------------------------------
    Row("question_banks:banks", "/banks/", f"200: {BANKS} outsider"),
    Row("question_banks:template", "/banks/template.xlsx", f"200: {BANKS} outsider"),
    Row("question_banks:bank", "/banks/{bank}/", f"200: {BANKS}"),
    Row("question_banks:question", "/banks/questions/{question}/", f"200: {BANKS}"),
    Row(
        "question_banks:question_act", "/banks/questions/{question}/suspend/", "422: question_reviewer", method="post"
    ),
    Row("question_banks:import", "/banks/{bank}/import/", "200: question_author"),
    Row("question_banks:import_run", "/banks/imports/{import}/", "200: question_author"),
    Row("question_banks:import_execute", "/banks/imports/{import}/execute/", "409: question_author", method="post"),
    Row("question_banks:import_discard", "/banks/imports/{import}/discard/", "409: question_author", method="post"),
    Row("question_banks:review", "/banks/{bank}/review/", "200: question_reviewer"),
    Row("question_banks:download", "/banks/{bank}/download.xlsx", "200: question_author question_reviewer"),
    # --- the exam desk --------------------------------------------------------------------------
    Row("exams:manage", MANAGE, "200: exam_officer invigilator hr auditor outsider"),
    Row("exams:manage_create", f"{MANAGE}new/", "200: exam_officer outsider"),
    Row("exams:manage_schemes", f"{MANAGE}schemes/", "200: exam_officer outsider"),
    Row("exams:manage_scheme_create", f"{MANAGE}schemes/new/", "200: exam_officer outsider"),
    Row("exams:manage_scheme", MANAGE + "schemes/{scheme}/", "200: exam_officer outsider"),
    Row("exams:manage_score_sheets", f"{MANAGE}score-sheets/", "200: exam_officer hr outsider"),
    Row("exams:manage_score_sheet", MANAGE + "score-sheets/{released_exam}/", "302: exam_officer hr", method="post"),
    Row("exams:manage_exam", MANAGE + "{exam}/", "200: exam_officer invigilator hr auditor"),
    Row("exams:manage_blueprint", MANAGE + "{exam}/blueprint/", "200: exam_officer"),
    Row("exams:manage_draw", MANAGE + "{exam}/draw/", "409: exam_officer", method="post"),
    Row("exams:manage_paper", MANAGE + "papers/{paper}/", "200: exam_officer"),
    Row("exams:manage_seal", MANAGE + "papers/{paper}/seal/", "302: exam_officer", method="post"),
    Row("exams:manage_sitting_create", MANAGE + "{exam}/sittings/new/", "200: exam_officer"),
    Row("exams:manage_sitting", MANAGE + "sittings/{sitting}/", "200: exam_officer"),
    Row("exams:manage_register", MANAGE + "sittings/{sitting}/register/", "200: exam_officer"),
    Row("exams:manage_monitor", MANAGE + "sittings/{sitting}/monitor/", "200: exam_officer invigilator"),
    Row("exams:manage_candidate", MANAGE + "candidates/{candidacy}/", "200: exam_officer"),
    Row("exams:manage_release", MANAGE + "{exam}/release/", "200: exam_officer"),
    # --- the examination room: the session starts an attempt, a token goes on -------------------
    Row("api:room_start", "/api/room/candidacies/{candidacy}/start", "200: learner", method="post", visitor=401,
        data={"page": "page-of-this-tab", "take_over": ""}),
    Row("api:room_paper", "/api/room/papers/{digest}", "200: *", visitor=200),
    Row("api:room_responses", "/api/room/attempts/{receipt}/responses", "401: *", method="put", visitor=401),
    Row("api:room_attempt", "/api/room/attempts/{receipt}", "401: *", visitor=401),
    Row("api:room_submit", "/api/room/attempts/{receipt}/submit", "401: *", method="post", visitor=401),
    # --- content and its editor -----------------------------------------------------------------
    Row("wagtail_serve", "/content/", "302: *"),
    Row("wagtail_serve", "{lesson_url}", "200: *"),
    Row("wagtaildocs_serve", "/documents/1/none.pdf", "", visitor=404),
    Row("wagtailadmin_home", "/cms/", "200: trainer outsider", rest=302),
    Row("wagtailadmin_pages:index", "/cms/pages/", "302: *"),
    Row("wagtailusers_users:index", "/cms/users/", "302: *"),
    Row("wagtailadmin_reports:site_history", "/cms/reports/site-history/", "200: trainer outsider", rest=302),
    Row("wagtailadmin_settings", "/cms/settings/", "404: trainer outsider", rest=302),
]  # fmt: skip
