"""Laws, courses and lessons that are dull and valid, made through the domain."""

from datetime import date
from typing import Any

import factory

from cms import api as cms_api
from cms.models import CoursePage, LessonPage
from personnel.enums import Tier
from personnel.models import EnforcementField
from statutes import api as statutes_api
from statutes.models import Article, Statute, StatuteVersion


class StatuteFactory(factory.Factory[Statute]):
    """A law without text."""

    class Meta:
        model = Statute

    code = factory.Sequence(lambda n: f"law-{n}")
    title = factory.Sequence(lambda n: f"第{n}号示例法")

    @classmethod
    def _create(cls, model_class: type[Statute], *args: Any, **kwargs: Any) -> Statute:
        return statutes_api.create_statute(**kwargs, by=None)


class StatuteVersionFactory(factory.Factory[StatuteVersion]):
    """A version of a law with one article, in force since 2021 unless told."""

    class Meta:
        model = StatuteVersion

    statute = factory.SubFactory(StatuteFactory)
    label = "2021年修订"
    in_force_from = date(2021, 7, 15)
    articles = (statutes_api.Wording("1", "第一条", "违法行为轻微并及时改正的，不予处罚。"),)

    @classmethod
    def _create(cls, model_class: type[StatuteVersion], *args: Any, **kwargs: Any) -> Any:
        return statutes_api.create_version(kwargs.pop("statute"), **kwargs, by=None)


class ArticleFactory(factory.Factory[Article]):
    """An article whose wording is in force today."""

    class Meta:
        model = Article

    text = "违法行为轻微并及时改正的，不予处罚。"

    @classmethod
    def _create(cls, model_class: type[Article], *args: Any, **kwargs: Any) -> Article:
        wording = statutes_api.Wording("1", "第一条", kwargs["text"])
        return StatuteVersionFactory(articles=(wording,)).statute.articles.get()


class CourseFactory(factory.Factory[CoursePage]):
    """A published course without lessons."""

    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"行政处罚程序（{n}）")
    tier = Tier.IN_POST
    summary = "从立案到结案，每一步做什么、凭什么、多久做完。"

    @classmethod
    def _create(cls, model_class: type[CoursePage], *args: Any, **kwargs: Any) -> CoursePage:
        kwargs.setdefault("field", EnforcementField.objects.first())
        by = kwargs.pop("by", None)
        return cms_api.create_course(**kwargs, by=by)


class LessonFactory(factory.Factory[LessonPage]):
    """A published lesson of ten minutes with one paragraph."""

    class Meta:
        model = LessonPage

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"第{n + 1}课")
    minutes = 10
    blocks = (("text", "<p>执法人员不得少于两人。</p>"),)

    @classmethod
    def _create(cls, model_class: type[LessonPage], *args: Any, **kwargs: Any) -> LessonPage:
        by = kwargs.pop("by", None)
        return cms_api.create_lesson(kwargs.pop("course"), **kwargs, by=by)
