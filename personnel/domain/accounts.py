"""Accounts: made, changed, disabled; passwords and ID numbers. Every act is in the audit log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from common import audit, clock, crypto
from common.errors import BadInput, NotPermitted, NotPossibleNow
from personnel.domain import id_numbers, names, passwords
from personnel.enums import ADMIN_ROLES, EmploymentKind, Role, Tier
from personnel.models import EnforcementField, Officer, RoleGrant
from personnel.queries import officers as officer_queries
from personnel.rules import has_role
from personnel.signals import officer_posted

# Who may make and change officers' records, and who may touch their accounts.
RECORD_ROLES = (Role.HR, Role.SYSTEM_ADMIN)
ACCOUNT_ROLES = (Role.HR, Role.SYSTEM_ADMIN)
BATCH = 500


@dataclass(frozen=True)
class NewOfficer:
    """What is written down of one officer when many are made at once.

    Attributes:
        password_hash: made once by `hashed` and shared; empty means that the officer cannot log in.
    """

    service_no: str
    name: str
    tier: Tier = Tier.IN_POST
    employment: EmploymentKind = EmploymentKind.ESTABLISHED
    id_number: str = ""
    title: str = ""
    email: str = ""
    fields: Sequence[EnforcementField] = field(default=())
    password_hash: str = ""


def create_officer(
    *,
    service_no: str,
    name: str,
    by: Officer | None,
    password: str | None = None,
    id_number: str = "",
    tier: Tier = Tier.IN_POST,
    employment: EmploymentKind = EmploymentKind.ESTABLISHED,
    fields: Iterable[EnforcementField] = (),
    title: str = "",
    email: str = "",
    must_change_password: bool = False,
) -> Officer:
    """Make an officer's account; without a password she cannot log in yet.

    Raises:
        BadInput: service number taken or malformed, name missing, ID number wrong or in use,
            password too weak.
        NotPermitted: `by` is neither HR nor system administrator.
    """
    _check_may(by, RECORD_ROLES)
    officer = _new(NewOfficer(service_no, name, tier, employment, id_number, title, email))
    if password is not None:
        _check_password(password, officer)
    officer.set_password(password)
    officer.must_change_password = must_change_password
    officer.joined_at = clock.now()
    with transaction.atomic():
        if Officer.objects.filter(service_no=officer.service_no).exists():
            raise service_no_taken(officer.service_no)
        _check_id_free(officer)
        officer.save()
        officer.fields.set(fields)
        audit.record(
            "personnel.officer_created",
            by=by,
            at=officer.joined_at,
            subject=subject(officer),
            detail={"name": officer.name, "tier": officer.tier, "employment": officer.employment},
        )
    return officer


def create_many(rows: Iterable[NewOfficer], *, by: Officer | None) -> list[Officer]:
    """Make many accounts with one audit entry for all; all or none.

    Raises:
        BadInput: any row breaks a rule of `create_officer`; the sentence names the service number.
        NotPermitted: `by` is neither HR nor system administrator.
    """
    _check_may(by, RECORD_ROLES)
    at = clock.now()
    wanted = list(rows)
    made: list[Officer] = []
    for row in wanted:
        officer = _new(row)
        officer.password = row.password_hash or make_password(None)
        officer.joined_at = at
        made.append(officer)
    with transaction.atomic():
        _check_all_free(made)
        Officer.objects.bulk_create(made, batch_size=BATCH)
        through = Officer.fields.through
        links = [
            through(officer=officer, enforcementfield=chosen)
            for officer, row in zip(made, wanted, strict=True)
            for chosen in row.fields
        ]
        through.objects.bulk_create(links, batch_size=BATCH)
        if made:
            audit.record(
                "personnel.officers_created",
                by=by,
                at=at,
                detail={"count": len(made), "service_nos": [one.service_no for one in made[:1000]]},
            )
    return made


def hashed(password: str) -> str:
    """Return a password as it is stored, to be shared by many demonstration accounts."""
    return make_password(password)


def update(
    officer: Officer,
    *,
    by: Officer | None,
    id_number: str | None = None,
    fields: Iterable[EnforcementField] | None = None,
    **changes: str,
) -> list[str]:
    """Write changed particulars (name, tier, employment, title, email); return what changed.

    Nothing is written, and nothing audited, when all of it was so before.

    Raises:
        BadInput: a value breaks a rule. NotPermitted: `by` is not HR over the officer.
    """
    check_may_manage(by, officer)
    with transaction.atomic():
        locked = Officer.objects.select_for_update().get(pk=officer.pk)
        if "name" in changes:
            changes["name"] = names.clean_name(changes["name"])
        changed = [key for key, value in changes.items() if getattr(locked, key) != value]
        for key in changed:
            setattr(locked, key, changes[key])
        if "name" in changed:
            locked.pinyin = names.pinyin(locked.name)
        if id_number and id_numbers.read(id_number) != locked.id_number:
            _set_id_number(locked, id_number)
            _check_id_free(locked)
            changed.append("id_number")
        if fields is not None:
            wanted = set(fields)
            if wanted != set(locked.fields.all()):
                locked.fields.set(wanted)
                changed.append("fields")
        if changed:
            locked.save()
            audit.record(
                "personnel.officer_changed",
                by=by,
                at=clock.now(),
                subject=subject(locked),
                detail={"changed": changed},
            )
    return changed


def set_password(officer: Officer, password: str, *, by: Officer | None, must_change: bool | None = None) -> None:
    """Give the officer another password; all logins made with the old one end.

    Unless told, somebody else's choice must be changed at the next login, one's own need not.

    Raises:
        BadInput: the password is too weak.
        NotPermitted: `by` may not manage this account, or not the roles that hang on it.
    """
    own = by is not None and by.pk == officer.pk
    if not own:
        check_may_manage(by, officer, ACCOUNT_ROLES)
        _check_reach(by, officer)
    _check_password(password, officer)
    officer.set_password(password)
    officer.must_change_password = (not own) if must_change is None else must_change
    with transaction.atomic():
        officer.save(update_fields=["password", "must_change_password"])
        audit.record(
            "personnel.password_changed" if own else "personnel.password_set",
            by=by,
            at=clock.now(),
            subject=subject(officer),
        )


def issue_initial_password(officer: Officer, *, by: Officer | None) -> str:
    """Set a random password that must be changed at the first login, and return it once."""
    password = passwords.draw(officer)
    set_password(officer, password, by=by, must_change=True)
    return password


def disable(officer: Officer, *, by: Officer | None, reason: str = "") -> None:
    """Close the account: no login any more, and every login that is open ends at once.

    Raises:
        NotPermitted: `by` may not manage this account, or it is her own.
        NotPossibleNow: the account is closed already.
    """
    check_may_manage(by, officer, ACCOUNT_ROLES)
    if by is not None and by.pk == officer.pk:
        raise NotPermitted(_("You cannot close your own account. Ask another administrator."))
    at = clock.now()
    with transaction.atomic():
        # The epoch is part of every session's digest, so a later `enable` revives none of them.
        closed = Officer.objects.filter(pk=officer.pk, is_active=True).update(
            is_active=False, login_epoch=F("login_epoch") + 1
        )
        if not closed:
            raise NotPossibleNow(_("This account is closed already."))
        officer.refresh_from_db(fields=["is_active", "login_epoch"])
        officer_posted.send(sender=Officer, officer_id=officer.pk, at=at)
        audit.record("personnel.account_disabled", by=by, at=at, subject=subject(officer), reason=reason)


def enable(officer: Officer, *, by: Officer | None, reason: str = "") -> None:
    """Open a closed account again; the officer logs in anew.

    Raises:
        NotPermitted: `by` may not manage this account. NotPossibleNow: the account is open.
    """
    check_may_manage(by, officer, ACCOUNT_ROLES)
    at = clock.now()
    with transaction.atomic():
        if not Officer.objects.filter(pk=officer.pk, is_active=False).update(is_active=True):
            raise NotPossibleNow(_("This account is open."))
        officer.refresh_from_db(fields=["is_active"])
        officer_posted.send(sender=Officer, officer_id=officer.pk, at=at)
        audit.record("personnel.account_enabled", by=by, at=at, subject=subject(officer), reason=reason)


def reveal_id_number(officer: Officer, *, reason: str, by: Officer) -> str:
    """Return the full ID number to HR, once, with the reason in the audit log (fault F40).

    Raises:
        NotPermitted: `by` is not HR over the officer. BadInput: no reason is given.
    """
    check_may_manage(by, officer, (Role.HR,))
    if len(reason.strip()) < 4:
        raise BadInput(
            _("Say in a few words why the full ID number is needed."),
            code="reason_missing",
            field="reason",
        )
    audit.record(
        "personnel.id_number_revealed",
        by=by,
        at=clock.now(),
        subject=subject(officer),
        reason=reason.strip(),
    )
    return officer.id_number


def check_may_manage(by: Officer | None, officer: Officer, roles: Sequence[Role] = RECORD_ROLES) -> None:
    """Raise `NotPermitted` unless `by` holds one of the roles over the officer's unit.

    Whoever is posted nowhere is managed by holders of the role anywhere.
    """
    if by is None:
        return
    unit = officer_queries.present_unit(officer)
    if not has_role(by, *roles, unit=unit):
        raise NotPermitted(_("Only human resources and the system administrator of the unit may do this."))


def may_set_password(by: Officer, officer: Officer) -> bool:
    """Return whether `by` answers for every role that a login as this officer would give.

    Whoever sets a password can log in with it. So the accounts of the three administrators are the
    system administrator's alone, and any other role must lie within the unit `by` answers for.
    """
    grants = RoleGrant.objects.filter(officer=officer, revoked_at__isnull=True).select_related("unit")
    return all(
        has_role(by, *((Role.SYSTEM_ADMIN,) if grant.role in ADMIN_ROLES else ACCOUNT_ROLES), unit=grant.unit)
        for grant in grants
    )


def subject(officer: Officer) -> str:
    """Return how the audit log names an officer."""
    return f"officer:{officer.service_no}"


def service_no_taken(service_no: str) -> BadInput:
    """Return the refusal of a service number that is in use."""
    return BadInput(
        _("The service number %(number)s is in use.") % {"number": service_no},
        code="service_no_taken",
        field="service_no",
    )


def id_number_refused() -> BadInput:
    """Return the refusal of an ID number in use; nobody learns that it is, or whose."""
    return BadInput(
        _("This ID number cannot be registered. Check it; if it is right, ask your administrator."),
        code="id_number_refused",
        field="id_number",
    )


def _new(row: NewOfficer) -> Officer:
    name = names.clean_name(row.name)
    officer = Officer(
        service_no=names.clean_service_no(row.service_no),
        name=name,
        pinyin=names.pinyin(name),
        tier=row.tier,
        employment=row.employment,
        title=row.title.strip(),
        email=row.email.strip(),
    )
    if row.id_number.strip():
        _set_id_number(officer, row.id_number)
    return officer


def _set_id_number(officer: Officer, text: str) -> None:
    officer.id_number = id_numbers.read(text)
    officer.id_index = crypto.blind_index(officer.id_number)


def _check_id_free(officer: Officer) -> None:
    taken = Officer.objects.filter(id_index=officer.id_index).exclude(pk=officer.pk)
    if officer.id_index and taken.exists():
        raise id_number_refused()


def _check_all_free(made: Sequence[Officer]) -> None:
    """Check a batch against itself and the database, in a few queries."""
    for key, refusal in (("service_no", service_no_taken), ("id_index", None)):
        seen: set[str] = set()
        for start in range(0, len(made), BATCH):
            values = [value for one in made[start : start + BATCH] if (value := getattr(one, key))]
            taken = set(Officer.objects.filter(**{f"{key}__in": values}).values_list(key, flat=True))
            for value in values:
                if value in seen or value in taken:
                    raise refusal(value) if refusal else id_number_refused()
                seen.add(value)


def _check_may(by: Officer | None, roles: Sequence[Role]) -> None:
    if by is not None and not has_role(by, *roles):
        raise NotPermitted(_("Only human resources and the system administrator of the unit may do this."))


def _check_reach(by: Officer | None, officer: Officer) -> None:
    if by is not None and not may_set_password(by, officer):
        raise NotPermitted(
            _(
                "%(name)s holds roles that you do not answer for. Ask the system administrator of "
                "the units concerned to set the password."
            )
            % {"name": officer.name},
            code="roles_beyond_reach",
        )


def _check_password(password: str, officer: Officer) -> None:
    weaknesses = passwords.weaknesses(password, officer)
    if weaknesses:
        raise BadInput(" ".join(weaknesses), code="password_weak", field="password")
