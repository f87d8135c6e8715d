"""What review tells those above it, inside the act's transaction: a receiver that fails undoes the act.

moved   sender=Case, case, before=(status, position, step_since) or None for a new case
"""

from django.dispatch import Signal

moved = Signal()
