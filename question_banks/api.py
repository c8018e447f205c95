"""What other apps may do with questions: `from question_banks.api import banks, importing, review`."""

from question_banks.domain import banks, importing, review

__all__ = ["banks", "importing", "review"]
