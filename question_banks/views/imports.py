"""Importing: upload, watch it being read, see the plan, decide."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import sandbox
from common.errors import DomainError
from common.models import JobState
from question_banks.domain import import_runs
from question_banks.forms.imports import ImportForm
from question_banks.importers.headers import SYNONYMS
from question_banks.models import ImportRun
from question_banks.question_types import registry
from question_banks.views.access import authored_bank, person, visible_import

LISTED = 10
REFUSED_LISTED = 300


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take files of questions for a bank and have them read."""
    bank = authored_bank(request, code)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        run = import_runs.start(bank, form.cleaned_data["documents"], by=person(request))
        return redirect("question_banks:import_run", code=run.code)
    recent = bank.imports.select_related("created_by").order_by("-created_at")[:LISTED]
    context = {"bank": bank, "form": form, "recent": recent}
    return render(request, "question_banks/import.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show an import where it stands: being read, waiting for a decision, done."""
    return _page(request, visible_import(request, code))


@login_required
@require_POST
def execute(request: HttpRequest, code: str) -> HttpResponse:
    """Import the whole records of a plan in the background."""
    run = visible_import(request, code)
    try:
        import_runs.request_execution(run, leave_out_refused="leave_out" in request.POST, by=person(request))
    except DomainError as refusal:
        return _page(request, run, refusal=str(refusal), status=refusal.status)
    return redirect("question_banks:import_run", code=run.code)


@login_required
@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Give an import up."""
    run = visible_import(request, code)
    import_runs.discard(run, by=person(request))
    messages.info(request, _("The import is discarded; nothing was written."))
    return redirect("question_banks:import", code=run.bank.code)


def _page(request: HttpRequest, run: ImportRun, *, refusal: str = "", status: int = 200) -> HttpResponse:
    busy = import_runs.is_busy(run)
    failed = run.job is not None and run.job.state == JobState.FAILED
    context = {
        "run": run,
        "plan": run.plan,
        "busy": busy,
        "error": run.job.error if run.job and failed else "",
        "files": [_shown_file(entry) for entry in run.plan.get("files", [])],
        "refused": [_shown_refusal(entry) for entry in run.plan.get("refused", [])[:REFUSED_LISTED]],
        "notes": [_shown_note(entry) for entry in run.plan.get("notes", [])],
        "preview": [_shown_record(entry) for entry in run.plan.get("preview", [])],
        "to_write": run.plan.get("new", 0) + run.plan.get("updated", 0),
        "left_out": run.plan.get("refused_count", 0),
        "must_agree": import_runs.has_refused(run),
        "refusal": refusal,
    }
    # htmx asks for the moving part alone while the background works.
    part = "#state" if getattr(request, "htmx", False) else ""
    return render(request, f"question_banks/import_run.html{part}", context, status=status)


def _told(sentence: dict[str, Any]) -> str:
    return sandbox.translate(sentence["message"], sentence.get("params", {}))


def _shown_refusal(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "place": _told(entry["place"]),
        "reason": " ".join(_told(reason) for reason in entry["reasons"]),
        "excerpt": entry["excerpt"],
    }


def _shown_note(entry: dict[str, Any]) -> dict[str, Any]:
    return {"place": _told(entry["place"]), "note": _told(entry["note"]), "excerpt": entry["excerpt"]}


def _shown_file(entry: dict[str, Any]) -> dict[str, Any]:
    sheets = [
        {**sheet, "columns": [(column["header"], _field_name(column["field"])) for column in sheet["columns"]]}
        for sheet in entry["sheets"]
    ]
    return {**entry, "sheets": sheets}


def _shown_record(record: dict[str, Any]) -> dict[str, Any]:
    right = set(record["right"])
    options = [
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index], option["text"], option["id"] in right)
        for index, option in enumerate(record["options"])
    ]
    return {
        "type": registry.get(record["question_type"]).label,
        "stem": record["stem"],
        "options": options,
        "place": _told(record["place"]),
    }


def _field_name(field: str) -> str:
    """Return what a column was taken for, in words."""
    if field.startswith("option_") and field not in SYNONYMS:
        return _("option %(letter)s") % {"letter": field.removeprefix("option_")}
    return {
        "stem": _("question text"),
        "key": _("key"),
        "type": _("type"),
        "options": _("all options"),
        "option_text": _("text of the option"),
        "option_right": _("whether the option is right"),
        "option_letter": _("letter of the option"),
        "group": _("running number"),
        "explanation": _("explanation"),
        "difficulty": _("difficulty"),
        "knowledge": _("knowledge point"),
        "legal_basis": _("legal basis"),
        "source": _("source"),
        "external_id": _("question number"),
        "page": _("page of the source"),
    }.get(field, field)
