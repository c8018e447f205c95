"""Signs of life of a lesson's page."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.models import LessonPage
from personnel.models import Officer
from training.domain import progress


@never_cache
@require_POST
def beat(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Count the time since the officer's last sign of life; answer where she stands in the lesson.

    The page says only that it is open (`opening=1` the first time), never for how long.
    """
    if not isinstance(request.user, Officer):
        message = _("You are no longer logged in. Log in again, and reading counts on.")
        return JsonResponse({"code": "login_required", "message": message}, status=401)
    lesson = get_object_or_404(LessonPage.objects.live().defer_streamfields(), pk=lesson_id)
    if not lesson.get_parent().live:
        raise Http404
    reading = progress.beat(request.user, lesson, opening=request.POST.get("opening") == "1")
    return JsonResponse(
        {
            "seconds_read": reading.seconds_read,
            "minutes_credited": reading.minutes_credited,
            "lesson_minutes": reading.lesson_minutes,
            "completed": reading.completed,
            "capped": reading.capped,
        }
    )
