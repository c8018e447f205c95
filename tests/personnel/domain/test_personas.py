"""The cast that every permission test relies on stands as described."""

from django.contrib.auth.models import Group

from personnel.enums import Role
from personnel.queries import officers
from personnel.rules import has_role
from tests.personas import NAMES, People


def test_everybody_is_there_under_the_known_service_number(people: People) -> None:
    assert {part: one.service_no for part, one in people.each()} == {
        part: service_no for part, (service_no, _name) in NAMES.items()
    }


def test_the_outsider_sees_nobody_of_this_city(people: People) -> None:
    assert list(officers.visible_to(people.outsider)) == [people.outsider]


def test_a_chief_sees_her_team_and_hr_the_city(people: People) -> None:
    seen = officers.visible_to(people.unit_chief).values_list("service_no", flat=True)
    assert sorted(seen) == ["A1001", "A1002", "C7001"]
    assert officers.visible_to(people.hr).count() == len(NAMES) - 1


def test_a_role_over_the_city_covers_the_team_and_not_the_other_city(people: People) -> None:
    assert has_role(people.exam_officer, Role.EXAM_OFFICER, unit=people.team)
    assert not has_role(people.exam_officer, Role.EXAM_OFFICER, unit=people.other_city)


def test_the_trainer_is_in_the_group_that_may_edit(people: People) -> None:
    assert list(Group.objects.get(name="Trainers").officers.order_by("service_no")) == [
        people.trainer,
        people.outsider,
    ]
