"""What the migrations plant, and whom they let in."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission, Page, Site

from cms.models import CourseIndexPage, HomePage

pytestmark = pytest.mark.django_db


def test_our_root_stands_in_place_of_the_welcome_page() -> None:
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [HomePage]
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert CourseIndexPage.objects.get().url == "/content/courses/"
    assert Page.find_problems() == ([], [], [], [], [])


def test_trainers_may_write_and_publish_courses_only() -> None:
    group = Group.objects.get(name="Trainers")
    granted = GroupPagePermission.objects.filter(group=group)

    assert sorted(row.permission.codename for row in granted) == [
        "add_page",
        "change_page",
        "publish_page",
    ]
    assert {row.page.specific for row in granted} == {CourseIndexPage.objects.get()}
    assert [p.codename for p in group.permissions.all()] == ["access_admin"]


def test_documents_ask_for_the_login() -> None:
    restriction = Collection.objects.get(depth=1).view_restrictions.get()

    assert restriction.restriction_type == "login"
