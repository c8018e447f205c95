"""How Wagtail's editor looks to a trainer: what she needs, and nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.blocks.articles import ArticleChooserViewSet, article_chooser

# Pages, pictures and files. The rest of the menu is for installers.
TRAINERS_MENU = ("explorer", "images", "documents")


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_article_chooser() -> ArticleChooserViewSet:
    return article_chooser


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def keep_what_trainers_need(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if not getattr(request.user, "is_superuser", False):
        menu_items[:] = [item for item in menu_items if item.name in TRAINERS_MENU]
