"""What other apps may do with people: `from personnel.api import accounts, postings, …`."""

from personnel.domain import accounts, postings, roles, units

__all__ = ["accounts", "postings", "roles", "units"]
