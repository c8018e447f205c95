from question_banks.models.bank import Bank
from question_banks.models.import_run import ImportRun
from question_banks.models.knowledge_point import KnowledgePoint, LessonKnowledge
from question_banks.models.question import Question, QuestionVersion

__all__ = ["Bank", "ImportRun", "KnowledgePoint", "LessonKnowledge", "Question", "QuestionVersion"]
