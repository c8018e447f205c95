"""Fills the scratch database: an exam of 85 items, an open sitting, candidates with a login. Prints them as JSON.

Runs in a process of its own, with the scratch database's settings.
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import django

SCHEME = [("single", 50, 1), ("multiple", 20, "1.75"), ("true_false", 15, 1)]
MINUTES = 120


def prepare(candidates: int) -> dict[str, Any]:
    """Return the session keys and candidacy codes of so many admitted candidates."""
    # Models may be imported only after django.setup().
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from common import clock  # noqa: PLC0415
    from exams import api  # noqa: PLC0415
    from exams.models import Scheme, SchemePart  # noqa: PLC0415
    from personnel.models import Officer  # noqa: PLC0415
    from tests.bench.models import BareRow  # noqa: PLC0415
    from tests.factories import exams as made  # noqa: PLC0415
    from tests.personas import cast  # noqa: PLC0415

    with connection.schema_editor() as editor:
        editor.create_model(BareRow)
    people = cast()
    manager = people.exam_officer
    bank = made.bank(
        people.city,
        author=people.question_author,
        reviewer=people.question_reviewer,
        singles=50,
        multiples=20,
        true_false=15,
    )
    scheme = Scheme.objects.create(code="bench", name="压测", duration_minutes=MINUTES)
    for order, (kind, count, marks) in enumerate(SCHEME):
        SchemePart.objects.create(
            scheme=scheme, question_type=kind, count=count, marks_each=Decimal(marks), order=order
        )
    exam = api.create_exam(
        title="压测", scheme=scheme, unit=people.city, banks=[bank], needs_admission=False, by=manager
    )
    paper = api.seal(api.draw(exam, by=manager, seed=1), by=manager)
    exam.refresh_from_db()
    opens_at = clock.now() - timedelta(minutes=1)
    sitting = api.create_sitting(
        exam, paper=paper, name="压测", opens_at=opens_at, ends_at=opens_at + timedelta(minutes=MINUTES), by=manager
    )
    officers = Officer.objects.bulk_create(
        [
            Officer(service_no=f"B{number:05d}", name="考生", password="!", joined_at=clock.now())
            for number in range(candidates)
        ],
        batch_size=200,
    )
    registered = api.register(sitting, officers, by=manager).registered
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = []
    for candidacy in registered:
        session = store()
        session["_auth_user_id"] = str(candidacy.officer_id)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = candidacy.officer.get_session_auth_hash()
        session.create()
        rows.append({"code": candidacy.code, "session": session.session_key})
    return {"candidates": rows, "items": paper.items.count()}


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(int(sys.argv[1])), sys.stdout)
