"""Wagtail's editor: open to trainers, closed to everybody else; drafts, preview, publishing."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import CourseIndexPage, LessonPage
from personnel.models import Officer
from tests.factories.cms import ArticleFactory, CourseFactory, LessonFactory
from tests.factories.personnel import OfficerFactory
from tests.personas import People, login

pytestmark = pytest.mark.django_db

TRAINERS = {"trainer", "outsider"}


@pytest.fixture
def trainer(people: People) -> Officer:
    return people.trainer


@pytest.fixture
def editor(trainer: Officer) -> Client:
    return login(trainer)


def test_only_trainers_get_in(people: People) -> None:
    got_in = {
        part for part, officer in people.each() if login(officer).get(reverse("wagtailadmin_home")).status_code == 200
    }

    assert got_in == TRAINERS


def test_others_are_not_shown_the_editor_of_a_page() -> None:
    lesson = LessonFactory()

    answer = login(OfficerFactory()).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))

    assert answer.status_code == 302
    assert lesson.title not in answer.content.decode()


def test_menu_holds_what_trainers_need(editor: Client) -> None:
    page = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("wagtailimages:index") in page
    assert reverse("wagtaildocs:index") in page
    assert "/cms/reports/" not in page
    assert "/cms/users/" not in page


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index", "wagtaildocs:index",
     "article_chooser:choose"],
)  # fmt: skip
def test_pages_of_the_editor_load(editor: Client, name: str) -> None:
    assert editor.get(reverse(name), follow=True).status_code == 200


def test_courses_cannot_be_made_elsewhere(editor: Client) -> None:
    root = CourseIndexPage.objects.get().get_parent()

    answer = editor.get(reverse("wagtailadmin_pages:add", args=["cms", "courseindexpage", root.pk]))

    assert answer.status_code in (302, 403)


def _lesson_form(title: str, *, article: int) -> dict[str, str]:
    return nested_form_data(
        {
            "title": title,
            "slug": "first-steps",
            "minutes": "20",
            "body": streamfield([("text", rich_text("<p>先亮证，再说明来意。</p>")), ("article", str(article))]),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
    )


def test_lesson_goes_from_draft_to_published(editor: Client, people: People) -> None:
    course = CourseFactory()
    article = ArticleFactory()
    reader = login(people.learner)
    form = _lesson_form("到场之后", article=article.pk)
    add = reverse("wagtailadmin_pages:add", args=["cms", "lessonpage", course.pk])

    editor.post(add, form)
    lesson = LessonPage.objects.get()
    assert not lesson.live
    assert reader.get(lesson.url).status_code == 404

    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    editor.post(edit, {**form, "action-publish": "1"})
    page = reader.get(lesson.url)
    assert page.status_code == 200
    assert "先亮证，再说明来意。" in page.content.decode()
    lesson.refresh_from_db()
    assert lesson.cited_articles == [article]


def test_preview_may_be_framed_by_the_editor_and_counts_nothing(editor: Client) -> None:
    lesson = LessonFactory()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    editor.post(preview, _lesson_form("预览中的题目", article=ArticleFactory().pk))

    answer = editor.get(preview)

    assert "预览中的题目" in answer.content.decode()
    assert "data-reading-url" not in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_chooser_finds_articles_by_their_words(editor: Client) -> None:
    ArticleFactory(text="执法人员不得少于两人。")
    ArticleFactory(text="当事人有权陈述申辩。")
    url = reverse("article_chooser:choose_results")

    def hits(words: str) -> int:
        return editor.get(url, {"q": words}).content.decode().count("data-chooser-modal-choice")

    assert (hits(""), hits("陈述"), hits("没有这样的词")) == (2, 1, 0)


def test_editor_policy_is_relaxed_for_the_editor_alone(editor: Client, trainer: Officer) -> None:
    assert "'unsafe-inline'" in editor.get("/cms/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in editor.get("/content/courses/")["Content-Security-Policy"]
