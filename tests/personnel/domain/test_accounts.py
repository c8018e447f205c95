"""Accounts: numbers read as people write them, passwords, closing, and what the log says of it."""

import secrets

import pytest
from stdnum.cn import ric

from common.errors import BadInput, NotPermitted, NotPossibleNow
from common.models import AuditEvent
from personnel.api import accounts
from personnel.domain import id_numbers, names, passwords
from personnel.models import Officer
from tests.factories.personnel import PASSWORD, OfficerFactory, UnitFactory, id_number
from tests.personas import People, login

pytestmark = pytest.mark.django_db


def test_a_service_number_is_stored_in_one_form() -> None:
    officer = OfficerFactory(service_no="　\uff4110 01 ")
    assert officer.service_no == "A1001"


@pytest.mark.parametrize("text", ["", "A", "张三", "A/1", "A" * 31, "A1\x001"])
def test_a_malformed_service_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        names.clean_service_no(text)
    assert refusal.value.field == "service_no"


def test_a_taken_service_number_is_refused_in_any_writing(people: People) -> None:
    with pytest.raises(BadInput, match="A1001"):
        accounts.create_officer(service_no="a1001", name="张三", by=people.hr)


def test_a_spaced_out_name_is_closed_up_and_found_by_pinyin() -> None:
    officer = OfficerFactory(name="单 雄 信")
    assert (officer.name, officer.pinyin) == ("单雄信", "shanxiongxin sxx shan xiong xin")


@pytest.mark.fault("F45")
def test_f45_an_id_number_of_fifteen_digits_is_the_same_person_as_its_successor() -> None:
    assert id_numbers.read("130503670401001") == id_numbers.read("130503196704010016")


@pytest.mark.fault("F45")
def test_f45_full_width_digits_and_spaces_in_an_id_number_are_read() -> None:
    assert id_numbers.read("\uff11\uff13\uff10\uff15\uff10\uff13 19670401 0016") == "130503196704010016"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("130503196704010017", "末位"),
        ("13050319670401001", "18"),
        ("990503196704010016", "省"),
        ("13050319671301001" + ric.calc_check_digit("130503196713010010"), "出生"),
        ("1.30503E+17", "Excel"),
        ("110101199003077000", "Excel"),
    ],
)
def test_a_wrong_id_number_is_refused_with_the_reason_and_without_the_number(text: str, word: str) -> None:
    with pytest.raises(BadInput) as refusal:
        id_numbers.read(text)
    assert word in str(refusal.value)
    assert text not in str(refusal.value)


def test_an_id_number_lies_encrypted_and_is_masked(people: People) -> None:
    officer = OfficerFactory(id_number=id_number(77))
    stored = Officer.objects.filter(pk=officer.pk).extra(select={"raw": "id_number"}).values_list("raw").get()[0]
    assert id_number(77) not in stored
    assert Officer.objects.get(pk=officer.pk).id_number == id_number(77)
    assert officer.masked_id_number == f"110***********{id_number(77)[-4:]}"


def test_an_id_number_in_use_is_refused_without_telling_that_it_is(people: People) -> None:
    taken = people.learner.id_number
    with pytest.raises(BadInput) as refusal:
        accounts.create_officer(service_no="Z1", name="张三", id_number=taken, by=people.hr)
    sentence = str(refusal.value)
    for word in (taken, people.learner.name, "A1001", "已", "重复"):
        assert word not in sentence


def test_only_hr_and_system_administration_put_officers_on_record(people: People) -> None:
    for by in (people.hr, people.system_admin):
        accounts.create_officer(service_no=f"Z{by.pk}", name="张三", by=by)
    for by in (people.learner, people.trainer, people.security_admin, people.auditor):
        with pytest.raises(NotPermitted):
            accounts.create_officer(service_no=f"Z{by.pk}", name="张三", by=by)


@pytest.mark.fault("F37")
def test_f37_hr_of_another_city_cannot_touch_an_account_here(people: People) -> None:
    for act in (
        lambda: accounts.disable(people.learner, by=people.outsider),
        lambda: accounts.set_password(people.learner, "another-long-word-9", by=people.outsider),
        lambda: accounts.update(people.learner, by=people.outsider, name="张三"),
        lambda: accounts.reveal_id_number(people.learner, reason="好奇好奇", by=people.outsider),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_weak_password_is_refused_with_the_reasons(people: People) -> None:
    with pytest.raises(BadInput) as refusal:
        accounts.set_password(people.learner, "12345", by=people.learner)
    assert refusal.value.field == "password"


def test_ones_own_password_need_not_be_changed_again_but_an_issued_one_must(people: People) -> None:
    accounts.set_password(people.learner, "my-own-long-words-7", by=people.learner)
    assert not people.learner.must_change_password
    issued = accounts.issue_initial_password(people.learner, by=people.hr)
    people.learner.refresh_from_db()
    assert people.learner.must_change_password
    assert people.learner.check_password(issued)


@pytest.mark.fault("F16")
def test_f16_closing_an_account_ends_every_login_for_good(people: People) -> None:
    session = login(people.learner)
    assert session.get("/account/profile/").status_code == 200
    accounts.disable(people.learner, by=people.hr, reason="调离")
    assert session.get("/account/profile/").status_code == 302
    accounts.enable(people.learner, by=people.hr, reason="回任")
    assert session.get("/account/profile/").status_code == 302


@pytest.mark.fault("F16")
def test_f16_a_new_password_ends_every_login(people: People) -> None:
    session = login(people.learner)
    accounts.issue_initial_password(people.learner, by=people.hr)
    assert session.get("/account/profile/").status_code == 302


def test_nobody_closes_their_own_account_or_a_closed_one(people: People) -> None:
    with pytest.raises(NotPermitted):
        accounts.disable(people.hr, by=people.hr)
    accounts.disable(people.learner, by=people.hr)
    with pytest.raises(NotPossibleNow):
        accounts.disable(people.learner, by=people.hr)


@pytest.mark.fault("F40")
def test_f40_a_full_id_number_needs_hr_and_a_reason_and_leaves_an_entry(people: People) -> None:
    with pytest.raises(BadInput):
        accounts.reveal_id_number(people.learner, reason="  ", by=people.hr)
    with pytest.raises(NotPermitted):
        accounts.reveal_id_number(people.learner, reason="核对证件", by=people.system_admin)
    assert not AuditEvent.objects.filter(action="personnel.id_number_revealed").exists()
    shown = accounts.reveal_id_number(people.learner, reason="核对证件", by=people.hr)
    assert shown == people.learner.id_number
    entry = AuditEvent.objects.get(action="personnel.id_number_revealed")
    assert (entry.actor_code, entry.subject, entry.reason) == ("H4001", "officer:A1001", "核对证件")
    assert shown not in str(entry.content())


def test_changing_nothing_writes_nothing(people: People) -> None:
    before = AuditEvent.objects.count()
    assert accounts.update(people.learner, by=people.hr, name="李慧敏", tier="in_post") == []
    assert accounts.update(people.learner, by=people.hr, id_number=people.learner.id_number) == []
    assert AuditEvent.objects.count() == before
    assert accounts.update(people.learner, by=people.hr, name="李敏") == ["name"]


def test_many_accounts_are_all_made_or_none(people: People) -> None:
    rows = [accounts.NewOfficer(service_no=f"M{n:04d}", name="王强", id_number=id_number(500 + n)) for n in range(7)]
    made = accounts.create_many(rows, by=people.hr)
    assert [one.service_no for one in made] == [row.service_no for row in rows]
    assert not any(one.has_usable_password() for one in made)
    fresh = [accounts.NewOfficer(service_no="M9000", name="王强"), rows[3]]
    with pytest.raises(BadInput, match="M0003"):
        accounts.create_many(fresh, by=people.hr)
    assert not Officer.objects.filter(service_no="M9000").exists()


def test_many_accounts_that_repeat_each_other_are_refused(people: People) -> None:
    rows = [accounts.NewOfficer(service_no=number, name="王强", id_number=id_number(600)) for number in ("M1", "M2")]
    with pytest.raises(BadInput):
        accounts.create_many(rows, by=people.hr)


def test_the_factory_makes_an_officer_who_can_log_in() -> None:
    assert OfficerFactory(unit=UnitFactory()).check_password(PASSWORD)


def test_initial_password_that_chance_makes_resemble_the_officer_is_drawn_again(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = people.learner
    unlucky = f"{learner.pinyin.replace(' ', '')}xxxxxxxxxxxx"[:12]
    drawn = iter(unlucky + "7Kq2Zt9Wm4pX")
    monkeypatch.setattr(secrets, "choice", lambda _alphabet: next(drawn))
    assert passwords.draw(learner) == "7Kq2Zt9Wm4pX"
