"""The demonstration is filled through the apps' own acts; here the story is told once and looked at."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from common import clock, records
from exams.enums import AttemptState, CandidacyState
from exams.models import Attempt, Candidacy, Result
from personnel.domain import id_numbers
from personnel.models import Officer
from question_banks.enums import QuestionState
from question_banks.models import Question
from training.enums import CertificateState, EnrolmentState
from training.management.demo import logins, texts
from training.models import Certificate, Enrolment, HoursEntry, RetrainingPlan

pytestmark = pytest.mark.django_db


def run(command="seed_demo", **options):
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def test_the_story_is_whole_and_told_once():
    said = run()
    assert logins.PASSWORD in said
    assert_people()
    assert_records()
    assert_the_open_exam()
    before = Officer.objects.count(), Certificate.objects.count(), Question.objects.count()
    assert "already" in run()
    assert (Officer.objects.count(), Certificate.objects.count(), Question.objects.count()) == before
    assert logins.PASSWORD in run("demo_logins")
    assert records.verify().whole


def assert_people():
    for login in logins.LOGINS:
        officer = Officer.objects.get(service_no=login.service_no)
        assert officer.check_password(logins.PASSWORD), login.service_no
    for officer in Officer.objects.all():
        assert id_numbers.read(officer.id_number) == officer.id_number
        assert officer.id_number.startswith("119999"), "no county has this code"


def assert_records():
    states = Counter(held.state_on(clock.today()) for held in Certificate.objects.all())
    assert states == {CertificateState.VALID: 21, CertificateState.EXPIRED: 4}
    approved = Question.objects.filter(state=QuestionState.APPROVED)
    counts = Counter(approved.values_list("question_type", flat=True))
    assert counts == {"single": 84, "multiple": 42, "true_false": 60}
    failed = RetrainingPlan.objects.get(officer__service_no="A1002")
    assert failed.items.exists()
    assert all(item.lesson_id for item in failed.items.all())
    assert Result.objects.filter(released_at__isnull=False, has_passed=False).count() == 4


def assert_the_open_exam():
    candidacy = Candidacy.objects.get(officer__service_no="A1001", sitting__exam__needs_admission=True)
    assert candidacy.state == CandidacyState.REGISTERED
    assert candidacy.sitting.opens_at < clock.now() < candidacy.sitting.entry_closes_at
    learned = sum(HoursEntry.objects.filter(officer=candidacy.officer).values_list("minutes", flat=True))
    enrolled = Enrolment.objects.get(officer=candidacy.officer)
    assert enrolled.state == EnrolmentState.ACTIVE
    assert enrolled.programme.required_minutes - learned == 2
    states = Counter(Attempt.objects.filter(paper__exam=candidacy.sitting.exam).values_list("state", flat=True))
    assert states == {AttemptState.SUBMITTED: 2, AttemptState.IN_PROGRESS: 2}


def test_if_empty_leaves_a_used_database_alone(people):
    assert "not loaded" in run(if_empty=True)
    assert not Certificate.objects.exists()


def test_production_is_refused_without_force(settings):
    settings.SETTINGS_MODULE = "config.settings.production"
    with pytest.raises(CommandError, match="--force"):
        run()
    assert not Officer.objects.exists()


def test_every_question_is_distinct_and_well_formed():
    questions = texts.questions()
    assert len({row.stem for row in questions}) == len(questions) == 186
    for row in questions:
        assert len({option.text for option in row.options}) == len(row.options), row.stem
        assert set(row.right) <= {option.id for option in row.options}
        if row.question_type == "single":
            assert (len(row.options), len(row.right)) == (4, 1), row.stem
        if row.question_type == "multiple":
            assert 2 <= len(row.right) < len(row.options), row.stem


def test_right_options_stand_in_every_place():
    places = Counter(row.right[0] for row in texts.questions() if row.question_type == "single")
    assert max(places.values()) - min(places.values()) <= 4


def test_every_citation_and_lesson_resolves():
    laws = {law.letter: law for law in texts.laws()}
    cited = [(part[0], int(part[1:])) for row in texts.lessons() for kind, part in row.parts if kind == "article"]
    assert cited
    assert all(number in laws[letter].articles for letter, number in cited)
    assert {row.point for row in texts.lessons()} == set(texts.POINTS)
    titles = {f"《{law.title}》{texts.article_number(number)}" for law in laws.values() for number in law.articles}
    assert {row.legal_basis for row in texts.questions()} <= titles
