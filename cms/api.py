"""What other apps may do with content."""

from cms.domain.courses import create_course, create_lesson

__all__ = ["create_course", "create_lesson"]
