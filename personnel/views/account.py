"""One's own account: log in, log out, change the password, see what is on record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from personnel.domain import accounts
from personnel.forms.account import ChangePasswordForm, LoginForm
from personnel.models import Officer
from personnel.queries import officers
from personnel.rules import active_grants


class LoginView(DjangoLoginView):
    """The first screen. Whoever is logged in already goes on to the first page."""

    template_name = "personnel/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs know a later Django
        """Return where to go on; somebody whom the editor has just turned away is not sent back."""
        address = str(super().get_redirect_url())
        if self.request.user.is_authenticated and address.startswith(reverse("wagtailadmin_home")):
            return "" if not self.request.user.has_perm("wagtailadmin.access_admin") else address
        return address

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the present login goes on, all others end."""
    officer = _me(request)
    form = ChangePasswordForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.set_password(officer, form.cleaned_data["new_password1"], by=officer)
        update_session_auth_hash(request, officer)
        messages.success(request, _("Your password is changed. Other logins of yours have ended."))
        return redirect("/")
    template = "personnel/password.html"
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show what is on record about oneself, and the roles one holds."""
    officer = _me(request)
    return render(
        request,
        "personnel/profile.html",
        {"officer": officer, "unit": officers.unit_of(officer), "grants": active_grants(officer)},
    )


@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    """Keep the login of a page on which somebody works for long without loading another."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


def _me(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user
