"""What personnel announces. Receivers run inside the transaction and only enqueue."""

from django.dispatch import Signal

# An officer joined, moved, left, or was disabled. Arguments: officer_id (int), at (datetime).
# A failing receiver rolls the posting back.
officer_posted = Signal()
