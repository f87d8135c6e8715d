"""同意并看下一件: sign and go on to the next opened item, never in bulk.

Never for (1), (6) or items with exceptions; at most ten opened items in a row; each is opened before it is signed
(Articles 14 and 15: someone looks at every item).
"""

from django.utils.translation import gettext as _

from regulation.refusals import Refusal

LIMIT = 10
KEY = "review_streak"
NEVER = ("government", "emergency", "columns", "import")


def qualifies(case):
    return case.opinion in ("approval", "leader_opinion") and case.route not in NEVER and not case.remarkable


def opened(request, case):
    """Remembers which item this session has on screen: only that one may be signed with "next"."""
    state = request.session.get(KEY) or {"signed": 0}
    request.session[KEY] = state | {"open": str(case.pk)}


def is_offered(request, case):
    return qualifies(case) and (request.session.get(KEY) or {}).get("signed", 0) < LIMIT


def require_allowed(request, case):
    state = request.session.get(KEY) or {}
    if not qualifies(case) or state.get("open") != str(case.pk):
        raise Refusal(
            _("This item is signed on its own: it is not opened, or its route or its exceptions ask for it."),
            article="14",
            code="no_streak",
        )
    if state.get("signed", 0) >= LIMIT:
        raise Refusal(
            _("At most ten items in a row; go back to the inbox first."), article="14", code="streak_over"
        )
    request.session[KEY] = state | {"signed": state.get("signed", 0) + 1}


def reset(request):
    request.session.pop(KEY, None)


def next_case(request, waiting):
    """The oldest waiting item that may be signed this way."""
    candidates = waiting.filter(opinion__in=("approval", "leader_opinion"), remarkable=False).exclude(
        route__in=NEVER
    )
    return candidates.order_by("step_since").first()
