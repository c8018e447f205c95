from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from cms.models import LessonPage


class KnowledgePoint(MP_Node):
    """A subject that is taught, examined and retrained 知识点; a tree shared by all banks."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("knowledge point"), max_length=120)

    node_order_by = ["code"]

    class Meta:
        db_table = "qb_knowledge_point"
        indexes = [models.Index(fields=["name"], name="qb_kp_name_ix")]

    def __str__(self) -> str:
        return self.name


class LessonKnowledge(models.Model):
    """A lesson teaches this knowledge point: what retraining sends an officer back to."""

    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="+")
    knowledge_point = models.ForeignKey(KnowledgePoint, on_delete=models.CASCADE, related_name="lessons")

    class Meta:
        db_table = "qb_lesson_knowledge"
        constraints = [
            models.UniqueConstraint(fields=["lesson", "knowledge_point"], name="qb_lesson_knowledge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} → {self.knowledge_point}"
