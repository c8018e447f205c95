from django.db import models
from django.utils.translation import gettext_lazy as _

from statutes.models.statute import Statute, StatuteVersion


class Article(models.Model):
    """An article as an identity across versions, whatever its number was at the time."""

    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="articles")
    code = models.SlugField(max_length=80, unique=True)

    class Meta:
        db_table = "sta_article"
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        newest = self.versions.order_by("-statute_version__in_force_from").first()
        return f"{self.statute.title} {newest.number}" if newest else self.code


class ArticleVersion(models.Model):
    """The wording of an article in one version of its statute."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    statute_version = models.ForeignKey(StatuteVersion, on_delete=models.PROTECT, related_name="articles")
    number = models.CharField(max_length=30, help_text="As printed: 第四十二条")
    order = models.PositiveIntegerField(db_column="sort_order")
    text = models.TextField()

    class Meta:
        db_table = "sta_article_version"
        constraints = [
            models.UniqueConstraint(fields=["article", "statute_version"], name="sta_artver_once"),
            # Articles of a version are read in this order.
            models.UniqueConstraint(fields=["statute_version", "order"], name="sta_artver_order"),
        ]

    def __str__(self) -> str:
        return f"{self.statute_version.statute.title}{self.number}"
