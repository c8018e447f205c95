"""Papers from the desk: drawn at random, looked through, sealed."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import BadInput
from exams.domain import papers, previews
from exams.enums import ExamState
from exams.errors import BlueprintNotMet
from exams.views.access import managed_exam, managed_paper, person

FORMS = "ABCDEFGH"


@login_required
@require_POST
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a form; when the banks lack questions, name every cell that they cannot fill."""
    exam = managed_exam(request, code)
    form = request.POST.get("form") or "A"
    if form not in tuple(FORMS):
        raise BadInput(_("Forms are named A to H."))
    try:
        paper = papers.draw(exam, by=person(request), form=form)
    except BlueprintNotMet as refusal:
        return render(
            request,
            "exams/manage/draw_refused.html",
            {
                "exam": exam,
                "cells": [(cell, cell.wanted - cell.available) for cell in refusal.shortfalls],
            },
            status=refusal.status,
        )
    messages.success(request, _("Form %(form)s is drawn. Look through it and seal it.") % {"form": paper.form})
    return redirect("exams:manage_paper", paper.code)


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the paper as candidates will get it; with `?key=1`, before sealing, also what is right.

    Every look is noted in the audit log.
    """
    paper = managed_paper(request, code)
    with_key = "key" in request.GET
    items = previews.look(paper, with_key=with_key, by=person(request))
    sections = [
        (question_type, list(grouped))
        for question_type, grouped in groupby(items, key=lambda item: item.question_type)
    ]
    return render(
        request,
        "exams/manage/paper.html",
        {
            "paper": paper,
            "exam": paper.exam,
            "sections": [(kind, found, sum(item.marks for item in found)) for kind, found in sections],
            "count": len(items),
            "with_key": with_key,
            "may_change": paper.sealed_at is None and paper.exam.state != ExamState.CANCELLED,
        },
    )


@login_required
@require_POST
def seal(request: HttpRequest, code: str) -> HttpResponse:
    """Seal the paper after the exam officer confirmed that it is final."""
    paper = managed_paper(request, code)
    if request.POST.get("confirmed") != "yes":
        messages.error(request, _("Tick that you have looked through the paper, then seal it."))
        return redirect("exams:manage_paper", paper.code)
    papers.seal(paper, by=person(request))
    messages.success(request, _("Form %(form)s is sealed. Set the sittings next.") % {"form": paper.form})
    return redirect("exams:manage_exam", paper.exam.code)


def next_form(taken: set[str]) -> str | None:
    """Return the letter for a further form; None when all are used."""
    return next((letter for letter in FORMS if letter not in taken), None)
