"""What every screen of a case begins with: found, and allowed to be seen; otherwise it does not exist."""

from django.http import Http404

from organisation.authority import authorities_of
from review.visibility import visible_cases


def case_or_404(user, pk):
    """404 also for what exists but is not this person's to see: a refusal would tell that it exists."""
    held = authorities_of(user)
    case = visible_cases(user, held).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case, held
