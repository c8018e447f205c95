"""What other apps may do with the law base."""

from statutes.domain.statutes import Wording, create_statute, create_version

__all__ = ["Wording", "create_statute", "create_version"]
