"""Banks: the list, and one bank with its questions."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common import audit, clock
from question_banks import rules
from question_banks.enums import QuestionState
from question_banks.exporters import template
from question_banks.forms.question import QuestionFilter
from question_banks.models import Question
from question_banks.queries import banks
from question_banks.views.access import keyed_bank, person, reader, visible_bank

QUESTIONS_A_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the banks the person may see, with what is in them."""
    officer = reader(request)
    found = list(banks.with_counts(banks.visible_to(officer)))
    rows = [(bank, rules.is_author(officer, bank), rules.is_reviewer(officer, bank)) for bank in found]
    return render(request, "question_banks/banks.html", {"rows": rows})


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one bank and its questions, narrowed and page by page."""
    officer, bank = person(request), visible_bank(request, code)
    form = QuestionFilter(request.GET, bank=bank)
    questions = Question.objects.filter(bank=bank).select_related("current__knowledge_point").order_by("-pk")
    page = Paginator(form.narrow(questions), QUESTIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "bank": banks.with_counts(banks.visible_to(officer)).get(pk=bank.pk),
        "form": form,
        "page": page,
        "is_author": rules.is_author(officer, bank),
        "is_reviewer": rules.is_reviewer(officer, bank),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "question_banks/bank.html", context)


@login_required
@require_safe
def download(request: HttpRequest, code: str) -> FileResponse:
    """Hand authors and reviewers the bank's questions, keys included, as a workbook that can be imported again."""
    bank = keyed_bank(request, code)
    questions = (
        Question.objects.filter(bank=bank)
        .exclude(state=QuestionState.RETIRED)
        .select_related("current__knowledge_point")
        .order_by("pk")
    )
    target = BytesIO()
    template.write_questions(target, questions)
    target.seek(0)
    audit.record("question_banks.bank_exported", by=person(request), at=clock.now(), subject=f"bank:{bank.code}")
    return FileResponse(target, as_attachment=True, filename=f"{bank.code}.xlsx", content_type=XLSX)


@login_required
@require_safe
def empty_template(request: HttpRequest) -> FileResponse:
    """Hand out the import template."""
    reader(request)
    target = BytesIO()
    template.write_template(target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename="试题导入模板.xlsx", content_type=XLSX)
