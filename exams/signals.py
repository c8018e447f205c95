"""What exams announces, inside the transaction that makes it true. Receivers only enqueue a task or write rows.

A receiver that fails rolls the announcing act back: a result must not be public while its consequences are lost.
"""

from django.dispatch import Signal

# A candidate was registered. Arguments: candidacy_id (int), at (datetime).
candidacy_registered = Signal()
# A result became visible to its officer. Arguments: result_id (int), at (datetime).
result_published = Signal()
