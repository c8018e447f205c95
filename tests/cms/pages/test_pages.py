"""Courses and lessons as officers see them, and as they do not."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.models import CourseIndexPage, CoursePage, LessonPage
from personnel.enums import Tier
from personnel.models import EnforcementField, Officer
from statutes.api import Wording
from tests.factories.cms import (
    ArticleFactory,
    CourseFactory,
    LessonFactory,
    StatuteVersionFactory,
)
from tests.factories.personnel import OfficerFactory
from tests.personas import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Officer:
    return OfficerFactory()


@pytest.fixture
def reader(officer: Officer) -> Client:
    return login(officer)


def test_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    lesson = LessonFactory()
    course = lesson.get_parent()

    for page in (CourseIndexPage.objects.get(), course, lesson):
        answer = client.get(page.url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=/content/")


def test_draft_is_not_found_for_anonymous_visitors(client: Client) -> None:
    draft = LessonFactory()
    draft.unpublish()

    assert client.get(draft.url).status_code == 404


def test_content_root_leads_to_ones_own_page(reader: Client) -> None:
    assert reader.get("/content/")["Location"] == "/"


def test_draft_is_not_found_and_not_listed(reader: Client) -> None:
    kept = LessonFactory(title="公开的一课")
    draft = LessonFactory(course=kept.get_parent().specific, title="还没写完的一课")
    draft.unpublish()

    assert reader.get(draft.url).status_code == 404
    page = reader.get(kept.get_parent().url).content.decode()
    assert "公开的一课" in page
    assert "还没写完的一课" not in page


def test_changes_that_are_not_published_are_not_shown(reader: Client) -> None:
    lesson = LessonFactory(title="已发布的题目")
    lesson.title = "草稿里的题目"
    lesson.save_revision()

    page = reader.get(lesson.url).content.decode()

    assert "已发布的题目" in page
    assert "草稿里的题目" not in page


def test_lesson_of_an_unpublished_course_is_not_found(reader: Client) -> None:
    lesson = LessonFactory()
    course = lesson.get_parent().specific
    course.unpublish()

    assert reader.get(lesson.url).status_code == 404
    assert course.title not in reader.get("/content/courses/").content.decode()


def test_catalogue_is_narrowed_by_tier_and_field(reader: Client) -> None:
    ecology, law = EnforcementField.objects.all()[:2]
    CourseFactory(title="甲课", tier=Tier.IN_POST, field=ecology)
    CourseFactory(title="乙课", tier=Tier.LEADER, field=ecology)
    CourseFactory(title="丙课", tier=Tier.LEADER, field=law)

    def titles(query: str) -> set[str]:
        page = reader.get(f"/content/courses/{query}").content.decode()
        return {title for title in ("甲课", "乙课", "丙课") if title in page}

    assert titles("") == {"甲课", "乙课", "丙课"}
    assert titles(f"?tier={Tier.LEADER}") == {"乙课", "丙课"}
    assert titles(f"?tier={Tier.LEADER}&field={law.code}") == {"丙课"}
    assert titles("?tier=nonsense") == set()


def test_catalogue_costs_the_same_for_one_course_and_for_three(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    LessonFactory(course=CourseFactory())
    reader.get("/content/courses/")
    with django_assert_max_num_queries(100) as one:
        reader.get("/content/courses/")
    for _ in range(2):
        LessonFactory(course=CourseFactory())
    with django_assert_max_num_queries(100) as three:
        reader.get("/content/courses/")

    assert len(three) == len(one)


def test_lesson_costs_the_same_whatever_it_cites(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one_article = LessonFactory(blocks=[("article", ArticleFactory())])
    three_articles = LessonFactory(blocks=[("article", ArticleFactory()) for _ in range(3)])
    reader.get(one_article.url)
    with django_assert_max_num_queries(100) as one:
        reader.get(one_article.url)
    with django_assert_max_num_queries(100) as three:
        reader.get(three_articles.url)

    assert len(three) == len(one)


def test_article_is_shown_in_the_wording_in_force_today(reader: Client) -> None:
    version = StatuteVersionFactory(in_force_from=date(1996, 10, 1), label="旧版")
    article = version.statute.articles.get()
    StatuteVersionFactory(
        statute=version.statute,
        in_force_from=date(2021, 7, 15),
        label="新版",
        articles=(Wording("1", "第九条", "新的文字。"),),
    )

    page = reader.get(LessonFactory(blocks=[("article", article)]).url).content.decode()

    assert "新的文字。" in page
    assert "第九条" in page
    assert "违法行为轻微并及时改正的" not in page


def test_repealed_article_says_that_nothing_is_in_force(reader: Client) -> None:
    version = StatuteVersionFactory(in_force_from=date(1998, 1, 1), repealed_on=date(2015, 1, 1))
    lesson = LessonFactory(blocks=[("article", version.statute.articles.get())])

    page = reader.get(lesson.url).content.decode()

    assert "本条没有现行有效的文本" in page
    assert "违法行为轻微并及时改正的" not in page


def test_lessons_lead_on_and_back(reader: Client) -> None:
    course = CourseFactory()
    first, middle, last = (LessonFactory(course=course, title=t) for t in ("上篇", "中篇", "下篇"))

    context = reader.get(middle.url).context_data

    assert (context["previous"], context["next"], context["place"]) == (first, last, 2)
    assert reader.get(first.url).context_data["previous"] is None
    assert reader.get(last.url).context_data["next"] is None


def test_lesson_has_the_strict_policy(reader: Client) -> None:
    policy = reader.get(LessonFactory().url)["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_page_models_hold_their_place_in_the_tree() -> None:
    assert CoursePage.allowed_subpage_models() == [LessonPage]
    assert LessonPage.allowed_subpage_models() == []
