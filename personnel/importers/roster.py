"""Roster import: parse → plan → show → execute.

`plan` compares what the file says with what is on record and writes nothing. `execute` writes a
plan, all of it or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from common import clock, crypto, worksheets
from common.errors import BadInput
from personnel.api import accounts, postings
from personnel.enums import EmploymentKind, Role, Tier
from personnel.importers import roster_rows
from personnel.importers.roster_rows import Refused, Row
from personnel.models import EnforcementField, Officer, Posting, Unit
from personnel.rules import units_for

BATCH = 500
Progress = Callable[[int, int], None]


class Action(TextChoices):
    """What a row does."""

    NEW = "new", gettext_lazy("New")
    UPDATED = "updated", gettext_lazy("Updated")
    MOVED = "moved", pgettext_lazy("to another unit", "Moved")
    SAME = "same", gettext_lazy("Unchanged")


@dataclass(frozen=True)
class Step:
    """One row with its decision: what is done to whom, and which particulars change."""

    row: Row
    action: Action
    unit: Unit | None
    officer: Officer | None = None
    fields: tuple[EnforcementField, ...] | None = None
    changes: tuple[str, ...] = ()

    @property
    def change_labels(self) -> list[str]:
        """Return the changed particulars as people call them."""
        return [str(LABELS[name]) for name in self.changes]


LABELS = {
    "name": pgettext_lazy("of a person", "name"),
    "tier": gettext_lazy("tier"),
    "employment": gettext_lazy("employment"),
    "title": pgettext_lazy("of a person", "title"),
    "email": gettext_lazy("e-mail"),
    "id_number": gettext_lazy("ID number"),
    "fields": gettext_lazy("fields"),
    "unit": gettext_lazy("unit"),
    "is_enforcement": gettext_lazy("enforcement post"),
}
PARTICULARS = ("name", "tier", "employment", "title", "email")


@dataclass
class Plan:
    """Every row of the file, decided or refused."""

    steps: list[Step] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Return how many rows the file has."""
        return len(self.steps) + len(self.refused)

    def count(self, action: Action) -> int:
        """Return how many rows do this."""
        return sum(step.action == action for step in self.steps)

    def report(self) -> dict[str, Any]:
        """Return the counts and refusals as commands and jobs answer them."""
        return {
            "found": self.found,
            "created": self.count(Action.NEW),
            "updated": self.count(Action.UPDATED),
            "moved": self.count(Action.MOVED),
            "same": self.count(Action.SAME),
            "refused": [refusal.plain() for refusal in self.refused],
        }


def plan(path: str | Path, *, name: str = "", by: Officer | None) -> Plan:
    """Read a roster in the sandbox and decide every row; nothing is written.

    `by=None` is the platform, which reaches every unit.

    Raises:
        BadInput: the file cannot be read or is no roster.
    """
    reading = roster_rows.read(worksheets.read(path, name=name))
    made = Plan(refused=list(reading.refused))
    register = _Register(reading.rows, by)
    for row in reading.rows:
        try:
            made.steps.append(register.decide(row))
        except BadInput as refusal:
            made.refused.append(Refused(row.place, str(refusal), f"{row.service_no} | {row.name}"[:120]))
    return made


def execute(
    made: Plan, *, by: Officer | None, leave_refused: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Write a plan and return its report; all of it or nothing.

    Raises:
        BadInput: rows are refused and `leave_refused` does not say that they may be left out.
    """
    if made.refused and not leave_refused:
        raise BadInput(
            _(
                "%(count)s rows are refused, so nothing was imported. Correct them, or import the "
                "other rows without them."
            )
            % {"count": len(made.refused)},
            code="roster_rows_refused",
        )
    with transaction.atomic():
        _create([step for step in made.steps if step.action == Action.NEW], by)
        changed = [s for s in made.steps if s.action in (Action.UPDATED, Action.MOVED)]
        for number, step in enumerate(changed, start=1):
            _change(step, by)
            if progress is not None and number % 100 == 0:
                progress(number, len(changed))
    return made.report()


class _Register:
    """What is on record for the officers of one file, read in a few queries."""

    def __init__(self, rows: Sequence[Row], by: Officer | None) -> None:
        units = Unit.objects.all() if by is None else units_for(by, (Role.HR, Role.SYSTEM_ADMIN))
        self.units = {unit.pk: unit for unit in units}
        self.units_by_code = {unit.code.upper(): unit for unit in self.units.values()}
        self.units_by_name: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            self.units_by_name.setdefault(unit.name, []).append(unit)
        self.fields: dict[str, EnforcementField] = {}
        for known in EnforcementField.objects.all():
            self.fields |= {known.code: known, known.name: known, known.name_en: known}
        self.officers: dict[str, Officer] = {}
        self.id_owners: dict[str, str] = {}
        self.posts: dict[int, Posting] = {}
        self.first_places: dict[str, str] = {}
        self.first_ids: set[str] = set()
        for start in range(0, len(rows), BATCH):
            self._load(rows[start : start + BATCH])

    def _load(self, rows: Sequence[Row]) -> None:
        numbers = [row.service_no for row in rows]
        # A number whose leading zeros were eaten is recognised by the officer who has them.
        numbers += [row.service_no.zfill(width) for row in rows if row.service_no.isdigit()
                    for width in range(len(row.service_no) + 1, 9)]  # fmt: skip
        found = Officer.objects.filter(service_no__in=numbers).prefetch_related("fields")
        self.officers |= {officer.service_no: officer for officer in found}
        indexes = [crypto.blind_index(row.id_number) for row in rows if row.id_number]
        owners = Officer.objects.filter(id_index__in=indexes).values_list("id_index", "service_no")
        self.id_owners |= {index: number for index, number in owners if index}
        posts = Posting.objects.filter(officer__service_no__in=numbers, ends_on__isnull=True).select_related("unit")
        self.posts |= {posting.officer_id: posting for posting in posts}

    def decide(self, row: Row) -> Step:
        """Return what the row does.

        Raises:
            BadInput: it contradicts the register, the file itself, or the importer's reach.
        """
        self._check_unique(row)
        officer = self.officers.get(row.service_no)
        if officer is None:
            self._check_zeros(row)
        unit = self._unit(row)
        fields = self._fields(row)
        if officer is None:
            if unit is None:
                raise BadInput(_("The unit is missing."))
            return Step(row, Action.NEW, unit, None, fields)
        return self._compare(row, officer, unit, fields)

    def _compare(
        self,
        row: Row,
        officer: Officer,
        unit: Unit | None,
        fields: tuple[EnforcementField, ...] | None,
    ) -> Step:
        posting = self.posts.get(officer.pk)
        if posting is not None and posting.unit_id not in self.units:
            raise BadInput(
                _(
                    "This service number cannot be used in your units. If the officer moved here, "
                    "ask the system administrator to move the account."
                )
            )
        changes = [
            key for key in PARTICULARS if getattr(row, key) is not None and getattr(row, key) != getattr(officer, key)
        ]
        if row.id_number and row.id_number != officer.id_number:
            changes.append("id_number")
        if fields is not None and set(fields) != set(officer.fields.all()):
            changes.append("fields")
        moved = self._post_changes(row, posting, unit)
        action = Action.MOVED if moved else Action.UPDATED if changes else Action.SAME
        return Step(row, action, unit, officer, fields, (*changes, *moved))

    def _post_changes(self, row: Row, posting: Posting | None, unit: Unit | None) -> list[str]:
        if posting is None:
            return ["unit"] if unit is not None else []
        moved = ["unit"] if unit is not None and unit.pk != posting.unit_id else []
        if row.is_enforcement is not None and row.is_enforcement != posting.is_enforcement:
            moved.append("is_enforcement")
        if moved and (row.starts_on or clock.today()) <= posting.starts_on:
            raise BadInput(
                _("The present post began on %(day)s; the new one must begin later.")
                % {"day": posting.starts_on.isoformat()}
            )
        return moved

    def _check_unique(self, row: Row) -> None:
        first = self.first_places.setdefault(row.service_no, row.place)
        if first != row.place:
            raise BadInput(
                _("The service number %(number)s stands in %(place)s already.")
                % {"number": row.service_no, "place": first}
            )
        if row.id_number:
            owner = self.id_owners.get(crypto.blind_index(row.id_number), row.service_no)
            if owner != row.service_no or row.id_number in self.first_ids:
                raise accounts.id_number_refused()
            self.first_ids.add(row.id_number)

    def _check_zeros(self, row: Row) -> None:
        if not row.service_no.isdigit():
            return
        for width in range(len(row.service_no) + 1, 9):
            padded = row.service_no.zfill(width)
            if padded in self.officers:
                raise BadInput(
                    _(
                        "An officer with the number %(number)s is on record: Excel has probably cut "
                        "leading zeros. Set the column to the format Text and enter it again."
                    )
                    % {"number": padded}
                )

    def _unit(self, row: Row) -> Unit | None:
        if row.unit is None:
            return None
        unit = self.units_by_code.get(row.unit.upper())
        named = self.units_by_name.get(row.unit, [])
        if unit is None and len(named) > 1:
            raise BadInput(
                _("Several of your units are called “%(name)s”. Write the unit's code instead.") % {"name": row.unit}
            )
        if unit is None and not named:
            raise BadInput(_("None of your units has the code or the name “%(name)s”.") % {"name": row.unit})
        return unit or named[0]

    def _fields(self, row: Row) -> tuple[EnforcementField, ...] | None:
        if row.fields is None:
            return None
        unknown = [name for name in row.fields if name not in self.fields]
        if unknown:
            raise BadInput(
                _("“%(name)s” is no enforcement field. Possible are: %(names)s.")
                % {
                    "name": unknown[0],
                    "names": "、".join(dict.fromkeys(str(known) for known in self.fields.values())),
                }
            )
        return tuple(self.fields[name] for name in row.fields)


def _create(steps: Sequence[Step], by: Officer | None) -> None:
    made = accounts.create_many(
        [
            accounts.NewOfficer(
                service_no=step.row.service_no,
                name=step.row.name,
                tier=step.row.tier or Tier.IN_POST,
                employment=step.row.employment or EmploymentKind.ESTABLISHED,
                id_number=step.row.id_number or "",
                title=step.row.title or "",
                email=step.row.email or "",
                fields=step.fields or (),
            )
            for step in steps
        ],
        by=by,
    )
    postings.post_many(
        [
            postings.NewPosting(
                officer=officer,
                unit=step.unit,
                starts_on=step.row.starts_on or clock.today(),
                is_enforcement=step.row.is_enforcement is not False,
            )
            for officer, step in zip(made, steps, strict=True)
            if step.unit is not None
        ],
        by=by,
    )


def _change(step: Step, by: Officer | None) -> None:
    assert step.officer is not None
    changes = {key: getattr(step.row, key) for key in step.changes if key in PARTICULARS}
    if changes or {"id_number", "fields"} & set(step.changes):
        accounts.update(
            step.officer,
            by=by,
            id_number=step.row.id_number if "id_number" in step.changes else None,
            fields=step.fields if "fields" in step.changes else None,
            **changes,
        )
    if step.action == Action.MOVED:
        posting = Posting.objects.filter(officer=step.officer, ends_on__isnull=True).first()
        unit = step.unit or (posting.unit if posting else None)
        if unit is None:
            return
        enforcement = step.row.is_enforcement
        if enforcement is None:
            enforcement = posting.is_enforcement if posting else True
        postings.post(
            step.officer,
            unit,
            starts_on=step.row.starts_on or clock.today(),
            is_enforcement=enforcement,
            by=by,
        )
