"""Chinese search on the database in use, through the page that officers use."""

import pytest
from django.test import Client

from cms.models import CoursePage, LessonPage
from cms.queries import search
from tests.factories.cms import CourseFactory, LessonFactory
from tests.factories.personnel import OfficerFactory
from tests.personas import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> CoursePage:
    course = CourseFactory(title="行政处罚法要点", summary="初次违法怎样处理")
    LessonFactory(
        course=course,
        title="立案",
        blocks=[("text", "<p>市场监督管理部门依照GB2760检查，Additive 的用量要核对。</p>")],
    )
    LessonFactory(course=course, title="听证程序", blocks=[("markdown", "当事人要求**听证**的")])
    return course


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("处罚", ["行政处罚法要点"]),
        ("行政处罚法", ["行政处罚法要点"]),
        ("初次违法", ["行政处罚法要点"]),
        ("法", ["行政处罚法要点"]),
        ("监督管理部门", ["立案"]),
        ("gb2760", ["立案"]),
        ("additive", ["立案"]),
        ("\uff27\uff22\uff12\uff17\uff16\uff10", ["立案"]),
        ("听证 当事人", ["听证程序"]),
        ("听证 处罚", []),
        ("罚处", []),
        ("没有这样的词", []),
    ],
)
def test_words_find_what_holds_them(shelf: CoursePage, words: str, titles: list[str]) -> None:
    assert [hit.page.title for hit in search.find(words)] == titles


def test_result_shows_the_place(shelf: CoursePage) -> None:
    (hit,) = search.find("监督管理")

    assert "市场监督管理部门" in hit.excerpt
    assert "<" not in hit.excerpt


@pytest.mark.fault("F48")
@pytest.mark.parametrize(
    "hostile",
    ['";', "%", "'", "(*", "\0", "a\0b", "AND OR NOT", '"', "*", "x" * 10_240, "法" * 10_240, "😀"],
    ids=["quote", "percent", "apostrophe", "star", "nul", "nul-inside", "words", "double", "asterisk",
         "10k-latin", "10k-han", "emoji"],
)  # fmt: skip
def test_f48_no_input_breaks_the_search(shelf: CoursePage, hostile: str) -> None:
    reader = login(OfficerFactory())

    answer = reader.get("/content/search/", {"q": hostile})

    assert answer.status_code == 200
    assert answer.context["hits"].paginator.count == 0


def test_drafts_are_not_found(shelf: CoursePage) -> None:
    lesson = LessonPage.objects.get(title="立案")
    lesson.unpublish()

    assert search.find("监督管理部门") == []


def test_lessons_of_an_unpublished_course_are_not_found(shelf: CoursePage) -> None:
    shelf.unpublish()

    assert search.find("监督管理部门") == []


def test_changed_lesson_is_found_by_its_new_words(shelf: CoursePage) -> None:
    lesson = LessonPage.objects.get(title="立案")
    lesson.title = "送达"
    lesson.save_revision().publish()

    assert [hit.page.title for hit in search.find("送达")] == ["送达"]


def test_pages_are_found_while_typing(shelf: CoursePage) -> None:
    assert [page.title for page in CoursePage.objects.autocomplete("行政处")] == ["行政处罚法要点"]


def test_search_asks_for_the_login(client: Client) -> None:
    assert client.get("/content/search/", {"q": "法"}).status_code == 302
