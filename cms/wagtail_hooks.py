"""How Wagtail's editor looks to a trainer: what she needs, and nothing else."""

from django.http import HttpRequest
from django.utils.translation import gettext_noop, ngettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.blocks.articles import ArticleChooserViewSet, article_chooser

# What trainers see first and Wagtail's Chinese lacks; our catalogue, which comes before, fills it.
UNTRANSLATED = (
    gettext_noop("Search all pages…"),
    gettext_noop("Placeholder title"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
)
# Pages, pictures and files. The rest of the menu is for installers.
TRAINERS_MENU = ("explorer", "images", "documents")


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_article_chooser() -> ArticleChooserViewSet:
    return article_chooser


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def keep_what_trainers_need(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if not getattr(request.user, "is_superuser", False):
        menu_items[:] = [item for item in menu_items if item.name in TRAINERS_MENU]
