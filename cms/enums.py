"""Closed lists of this app."""

from django.utils.translation import gettext_lazy as _

# What the audit log calls the acts of this app.
ACTION_NAMES = {"cms.page_published": _("Page published")}
