from cms.models.course import CourseIndexPage, CoursePage, LessonPage
from cms.models.home import HomePage

__all__ = ["CourseIndexPage", "CoursePage", "HomePage", "LessonPage"]
