"""Who is asking: pages of a role do not exist for anybody else."""

from django.http import Http404, HttpRequest

from personnel.enums import Role
from personnel.models import Officer
from personnel.queries import officers
from personnel.rules import has_role


def holder(request: HttpRequest, *roles: Role) -> Officer:
    """Return the person asking.

    Raises:
        Http404: she holds none of the roles anywhere; that the page exists is no news for her.
    """
    assert isinstance(request.user, Officer)
    if not has_role(request.user, *roles):
        raise Http404
    return request.user


def managed(request: HttpRequest, service_no: str, *roles: Role) -> tuple[Officer, Officer]:
    """Return the person asking and the officer over whose unit she holds one of the roles.

    Raises:
        Http404: no such officer there.
    """
    viewer = holder(request, *roles)
    found = officers.manageable_by(viewer, *roles).filter(service_no=service_no).first()
    if found is None:
        raise Http404
    return viewer, found
