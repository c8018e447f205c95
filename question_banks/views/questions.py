"""One question: as candidates see it, its key for those who may, its versions, and what can be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DomainError
from personnel.models import Officer
from question_banks import rules
from question_banks.domain import review
from question_banks.enums import QuestionState
from question_banks.forms.question import ReasonForm
from question_banks.models import Bank, Question
from question_banks.views.access import person, reviewed_bank, visible_question

REVIEWED_A_PAGE = 30


@dataclass(frozen=True)
class Act:
    """A move a person may make on a question's page.

    Attributes:
        run: the domain function; takes `reason` when `asks_why`.
        role: author or reviewer of the bank.
    """

    name: str
    label: str | Promise
    done: str | Promise
    run: Callable[..., Question]
    role: Callable[[Officer, Bank], bool]
    target: QuestionState
    asks_why: bool = False
    kind: str = "secondary"


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "approve", gettext_lazy("Approve"), gettext_lazy("Question %(code)s is approved."), review.approve,
            rules.is_reviewer, QuestionState.APPROVED, kind="primary",
        ),
        Act(
            "submit", gettext_lazy("Submit for review"), gettext_lazy("Question %(code)s is in review."),
            review.submit, rules.is_author, QuestionState.IN_REVIEW, kind="primary",
        ),
        Act(
            "return", gettext_lazy("Return to the author"), gettext_lazy("Question %(code)s is back with its author."),
            review.return_to_draft, rules.is_reviewer, QuestionState.DRAFT, asks_why=True,
        ),
        Act(
            "suspend", gettext_lazy("Suspend"), gettext_lazy("Question %(code)s is suspended."), review.suspend,
            rules.is_reviewer, QuestionState.SUSPENDED, asks_why=True,
        ),
        Act(
            "retire", gettext_lazy("Retire for good"), gettext_lazy("Question %(code)s is retired."), review.retire,
            rules.is_reviewer, QuestionState.RETIRED, asks_why=True, kind="danger",
        ),
    )
}  # fmt: skip


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a question; the key only to authors and reviewers of its bank."""
    return _page(request, visible_question(request, code), ReasonForm(), status=200)


@login_required
@require_POST
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Approve, submit, return, suspend or retire a question."""
    question = visible_question(request, code)
    officer, wanted = person(request), ACTS.get(name)
    if wanted is None or not wanted.role(officer, question.bank):
        raise Http404
    form = ReasonForm(request.POST)
    arguments: dict[str, Any] = {}
    if wanted.asks_why:
        if not form.is_valid():
            return _page(request, question, form, status=422)
        arguments["reason"] = form.cleaned_data["reason"]
    wanted.run(question, by=officer, **arguments)
    messages.success(request, wanted.done % {"code": question.code})
    return redirect("question_banks:question", code=question.code)


@login_required
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """Show a reviewer what waits for approval; approve what is ticked, or all of it."""
    bank, officer = reviewed_bank(request, code), person(request)
    waiting = (
        Question.objects.filter(bank=bank, state=QuestionState.IN_REVIEW)
        .select_related("current__knowledge_point", "current__author", "author")
        .order_by("pk")
    )
    refusal = ""
    if request.method == "POST":
        others = waiting.exclude(author=officer).exclude(current__author=officer)
        chosen = others if "all" in request.POST else waiting.filter(code__in=request.POST.getlist("question"))
        try:
            return _approved(request, bank, officer, list(chosen))
        except DomainError as error:
            refusal = str(error)
    page = Paginator(waiting, REVIEWED_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "bank": bank,
        "page": page,
        "rows": [(question, _shown_options(question), officer.pk in _writers(question)) for question in page],
        "others_count": waiting.exclude(author=officer).exclude(current__author=officer).count(),
        "refusal": refusal,
    }
    return render(request, "question_banks/review.html", context, status=409 if refusal else 200)


def _approved(request: HttpRequest, bank: Bank, officer: Officer, chosen: list[Question]) -> HttpResponse:
    count = review.approve_all(chosen, bank=bank, by=officer)
    if count:
        text = ngettext("%(count)s question approved.", "%(count)s questions approved.", count) % {"count": count}
        messages.success(request, text)
    else:
        messages.info(request, _("Tick the questions to approve first."))
    return redirect("question_banks:review", code=bank.code)


def _page(request: HttpRequest, question: Question, form: ReasonForm, *, status: int) -> HttpResponse:
    officer = person(request)
    sees_key = rules.may_see_keys(officer, question.bank)
    possible = [
        entry
        for entry in ACTS.values()
        if entry.role(officer, question.bank) and review.QUESTION_MOVES.allows(question.state, entry.target)
    ]
    own = officer.pk in _writers(question)
    context = {
        "question": question,
        "version": question.current,
        "options": _shown_options(question, with_key=sees_key),
        "sees_key": sees_key,
        "acts": [entry for entry in possible if not entry.asks_why and not (own and entry.name == "approve")],
        "acts_with_reason": [entry for entry in possible if entry.asks_why],
        "is_own_in_review": own and any(entry.name == "approve" for entry in possible),
        "versions": question.versions.select_related("author").order_by("-number"),
        "form": form,
    }
    return render(request, "question_banks/question.html", context, status=status)


def _shown_options(question: Question, *, with_key: bool = True) -> list[tuple[str, str, bool]]:
    """Return (letter, text, right?) of each option; without the key nothing is right."""
    version = question.current
    if version is None:
        return []
    right = set(version.key["right"]) if with_key else set()
    return [
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index], option["text"], option["id"] in right)
        for index, option in enumerate(version.content["options"])
    ]


def _writers(question: Question) -> set[int | None]:
    return {question.author_id, question.current.author_id if question.current else None}
