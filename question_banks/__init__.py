"""Banks, knowledge points, and questions with their immutable versions; import of what trainers already have.

Knows nothing of papers or attempts; exams freezes question versions from here.

"""
