"""Long work about people. Every job may run twice with one effect."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from common import audit, clock, jobs, records, schedules
from common.models import Job
from personnel.api import accounts
from personnel.enums import Role
from personnel.exporters import register as register_sheets
from personnel.importers import roster
from personnel.models import Officer
from personnel.queries import officers, register

ROSTER_IMPORT = "personnel.roster_import"
REGISTER_EXPORT = "personnel.register_export"
INITIAL_PASSWORDS = "personnel.initial_passwords"
VERIFY_RECORDS = "personnel.verify_records"
# Uploaded rosters hold ID numbers; those that nobody imported are not kept.
ROSTER_FOLDER = "rosters"
ROSTERS_KEPT_HOURS = 24


@jobs.register(ROSTER_IMPORT)
def import_roster(job: Job) -> dict[str, Any]:
    """Import the uploaded roster that its owner has seen planned; the upload is deleted then."""
    path = job.arguments["path"]
    owner = _owner(job)
    plan = roster.plan(storages["private"].path(path), name=job.arguments["name"], by=owner)
    report = roster.execute(
        plan,
        by=owner,
        leave_refused=job.arguments["leave_refused"],
        progress=lambda done, total: jobs.advance(job, done, total),
    )
    storages["private"].delete(path)
    message = _("%(created)s new, %(updated)s updated, %(moved)s moved, %(same)s unchanged.") % report
    if report["refused"]:
        count = len(report["refused"])
        message += " " + ngettext(
            "%(count)s row was refused and left out.", "%(count)s rows were refused and left out.", count
        ) % {"count": count}
    return {"message": message, **report}


@jobs.register(REGISTER_EXPORT)
def export_register(job: Job) -> dict[str, Any]:
    """Write what the owner sees of the register, ID numbers masked, and say so in the audit log."""
    owner = _owner(job)
    wanted = register.Filter.from_plain(job.arguments)
    found = list(register.with_posts(register.search(owner, wanted)))
    job.output = register_sheets.store(f"exports/register-{job.code}.xlsx", [register_sheets.register_table(found)])
    audit.record(
        "personnel.register_exported",
        by=owner,
        at=clock.now(),
        subject=f"job:{job.code}",
        detail={"count": len(found), **wanted.plain()},
    )
    return {"message": _("%(count)s officers, ID numbers masked.") % {"count": len(found)}}


@jobs.register(INITIAL_PASSWORDS)
def issue_initial_passwords(job: Job) -> dict[str, Any]:
    """Give everybody without a password an initial one, and write them into a file fetched once."""
    owner = _owner(job)
    wanted = register.Filter.from_plain(job.arguments)
    found = register.without_password(register.search(owner, wanted)).filter(
        pk__in=officers.manageable_by(owner, Role.HR, Role.SYSTEM_ADMIN).values("pk")
    )
    # Whose roles reach beyond the owner's is left to the system administrator, and holds up nobody.
    waiting = [one for one in found if accounts.may_set_password(owner, one)]
    with transaction.atomic():
        issued = [(one, accounts.issue_initial_password(one, by=owner)) for one in waiting]
        job.output = register_sheets.store(
            f"exports/passwords-{job.code}.xlsx", [register_sheets.password_table(issued)]
        )
    return {
        "message": _("%(count)s initial passwords. The file can be fetched once; hand each line to its officer only.")
        % {"count": len(issued)}
    }


@jobs.register(VERIFY_RECORDS)
def verify_records(job: Job) -> dict[str, Any]:
    """Walk every chain of records; the auditors' page shows the verdict."""
    verdict = records.verify(advance=lambda done, total: jobs.advance(job, done, total))
    broken = [
        {"record": name, "chain": chain, "place": found.place, "reason": found.reason}
        for name, chain, found in verdict.broken
    ]
    message = _("Every chain is whole.") if verdict.whole else _("A chain is broken. Tell security at once.")
    return {"message": message, "whole": verdict.whole, "chains": verdict.chains, "broken": broken[:50]}


def prune_rosters() -> int:
    """Delete uploaded rosters that nobody imported for a day; return how many."""
    storage = storages["private"]
    if not storage.exists(ROSTER_FOLDER):
        return 0
    oldest = clock.now() - timedelta(hours=ROSTERS_KEPT_HOURS)
    names = [f"{ROSTER_FOLDER}/{name}" for name in storage.listdir(ROSTER_FOLDER)[1]]
    old = [name for name in names if storage.get_modified_time(name) < oldest]
    for name in old:
        storage.delete(name)
    return len(old)


def _owner(job: Job) -> Officer:
    owner: Any = job.owner
    assert isinstance(owner, Officer)
    return owner


schedules.register("prune_rosters", "personnel.tasks.prune_rosters", cron="40 * * * *")
