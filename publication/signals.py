"""What the gate tells those above it, inside its transaction: a receiver that fails undoes the publication.

published   sender=Publication, publication, submission
closed      sender=Publication, publication
ended       sender=Submission, submission
"""

from django.dispatch import Signal

published = Signal()
closed = Signal()
ended = Signal()
