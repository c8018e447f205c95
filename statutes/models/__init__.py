from statutes.models.article import Article, ArticleVersion
from statutes.models.statute import Statute, StatuteVersion

__all__ = ["Article", "ArticleVersion", "Statute", "StatuteVersion"]
