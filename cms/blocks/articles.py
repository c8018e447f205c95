"""A statute article inside a lesson: chosen by the trainer, shown in the wording in force today."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock

from common import clock
from statutes.models import Article
from statutes.queries import in_force


class ArticleFilterForm(BaseFilterForm):
    """Finds articles by words of their text, their number or the name of the law."""

    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects: QuerySet[Article]) -> QuerySet[Article]:
        for word in self.cleaned_data.get("q", "").replace("\0", "").split():
            self.is_searching, self.search_query = True, self.cleaned_data["q"]
            matching = Q(statute__title__icontains=word) | Q(versions__number=word) | Q(versions__text__icontains=word)
            objects = objects.filter(pk__in=Article.objects.filter(matching).values("pk"))
        return objects


class _Choose:
    filter_form_class = ArticleFilterForm

    def get_object_list(self) -> QuerySet[Article]:
        return Article.objects.select_related("statute").order_by("statute__title", "pk")


class ChooseArticle(_Choose, ChooseView):
    """The chooser's window."""


class ChooseArticleResults(_Choose, ChooseResultsView):
    """The chooser's list alone, while the trainer searches."""


class ArticleChooserViewSet(ChooserViewSet):
    """Lets a trainer choose an article of the law base; nothing is created or edited here."""

    model = Article
    icon = "openquote"
    choose_one_text = _("Choose an article")
    choose_another_text = _("Choose another article")
    choose_view_class = ChooseArticle
    choose_results_view_class = ChooseArticleResults
    per_page = 20
    register_widget = False


article_chooser = ArticleChooserViewSet("article_chooser", url_prefix="article-chooser")


class ArticleBlock(ChooserBlock):
    """Cites an article; the reader sees the text that is the law on the day of reading."""

    target_model = Article

    class Meta:
        icon = "openquote"
        label = _("Statute article")
        template = "cms/blocks/article.html"

    @property
    def widget(self) -> forms.Widget:
        """Return the chooser of the article editor."""
        return article_chooser.widget_class()

    def get_context(self, value: Article, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the wording in force today; a page may bring those of all its articles at once."""
        context = super().get_context(value, parent_context=parent_context)
        day = clock.today()
        wordings = (parent_context or {}).get("wordings")
        if wordings is None:
            wordings = in_force.wordings([value], day)
        context.update({"wording": wordings.get(value.pk), "day": day})
        return context
