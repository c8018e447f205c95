"""Search in published courses and lessons."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.queries import courses, search as queries

HITS_A_PAGE = 20


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words are found in; words that name nothing show nothing."""
    words = request.GET.get("q", "")
    hits = Paginator(queries.find(words), HITS_A_PAGE).get_page(request.GET.get("page"))
    catalogue = courses.catalogue()
    context = {
        "words": words[: queries.LONGEST_QUERY],
        "hits": hits,
        "catalogue": catalogue,
        "trail": [(_("Courses"), catalogue.get_url(request)), (_("Search"), None)],
    }
    return render(request, "cms/search.html", context)
