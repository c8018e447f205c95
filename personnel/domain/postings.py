"""Postings: who serves where, from when; the denominator of certified-on-duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common import audit, clock
from common.errors import BadInput, NotPermitted, NotPossibleNow
from personnel.domain.accounts import BATCH, subject
from personnel.enums import Role
from personnel.models import Officer, Posting, Unit
from personnel.rules import has_role
from personnel.signals import officer_posted

POSTING_ROLES = (Role.HR, Role.SYSTEM_ADMIN)


@dataclass(frozen=True)
class NewPosting:
    """One officer's post when many are written at once."""

    officer: Officer
    unit: Unit
    starts_on: date
    is_enforcement: bool = True


def post(
    officer: Officer,
    unit: Unit,
    *,
    starts_on: date,
    is_enforcement: bool = True,
    by: Officer | None,
) -> Posting:
    """Post an officer to a unit; the present post, if any, ends on the day the new one starts.

    Raises:
        NotPermitted: `by` is neither HR nor system administrator over the unit, and over the one
            that is left.
        BadInput: the day lies before or on the start of the present post.
    """
    _check_right(by, unit)
    at = clock.now()
    with transaction.atomic():
        Officer.objects.select_for_update().get(pk=officer.pk)
        present = _present(officer)
        if present is not None:
            _check_right(by, present.unit)
            _close(present, starts_on)
        posting = Posting.objects.create(
            officer=officer, unit=unit, starts_on=starts_on, is_enforcement=is_enforcement
        )
        officer_posted.send(sender=Posting, officer_id=officer.pk, at=at)
        audit.record(
            "personnel.officer_posted",
            by=by,
            at=at,
            subject=subject(officer),
            detail={
                "unit": unit.code,
                "from_unit": present.unit.code if present else "",
                "starts_on": starts_on.isoformat(),
                "is_enforcement": is_enforcement,
            },
        )
    return posting


def end(officer: Officer, *, ends_on: date, reason: str = "", by: Officer | None) -> Posting:
    """End the officer's present post; `ends_on` is the first day on which she no longer serves.

    Raises:
        NotPossibleNow: she is posted nowhere. NotPermitted, BadInput: as in `post`.
    """
    at = clock.now()
    with transaction.atomic():
        Officer.objects.select_for_update().get(pk=officer.pk)
        present = _present(officer)
        if present is None:
            raise NotPossibleNow(_("This officer is posted nowhere."))
        _check_right(by, present.unit)
        _close(present, ends_on)
        officer_posted.send(sender=Posting, officer_id=officer.pk, at=at)
        audit.record(
            "personnel.posting_ended",
            by=by,
            at=at,
            subject=subject(officer),
            detail={"unit": present.unit.code, "ends_on": ends_on.isoformat()},
            reason=reason,
        )
    return present


def post_many(rows: Iterable[NewPosting], *, by: Officer | None, announce: bool = True) -> list[Posting]:
    """Write first posts of many officers with one audit entry; all or none.

    The officers have no open post yet. Each is announced to the other parts, unless `announce` is
    off: a demonstration is filled before anybody could listen.
    """
    wanted = list(rows)
    for unit in {row.unit.pk: row.unit for row in wanted}.values():
        _check_right(by, unit)
    at = clock.now()
    with transaction.atomic():
        made = Posting.objects.bulk_create(
            [
                Posting(
                    officer=row.officer,
                    unit=row.unit,
                    starts_on=row.starts_on,
                    is_enforcement=row.is_enforcement,
                )
                for row in wanted
            ],
            batch_size=BATCH,
        )
        if announce:
            _announce(made, at)
        if made:
            audit.record("personnel.officers_posted", by=by, at=at, detail={"count": len(made)})
    return made


def _announce(made: Iterable[Posting], at: datetime) -> None:
    for posting in made:
        officer_posted.send(sender=Posting, officer_id=posting.officer_id, at=at)


def _present(officer: Officer) -> Posting | None:
    return Posting.objects.filter(officer=officer, ends_on__isnull=True).select_related("unit").first()


def _close(posting: Posting, day: date) -> None:
    if day <= posting.starts_on:
        raise BadInput(
            _("The present post began on %(day)s; choose a later day.") % {"day": posting.starts_on.isoformat()},
            code="posting_too_early",
            field="starts_on",
        )
    posting.ends_on = day
    posting.save(update_fields=["ends_on"])


def _check_right(by: Officer | None, unit: Unit) -> None:
    if by is not None and not has_role(by, *POSTING_ROLES, unit=unit):
        raise NotPermitted(_("Only human resources and the system administrator of the unit may do this."))
