"""Who handles requests for information, and the steps he may take (Article 5: 区政府办公室 leads the disclosure of information).

The gov office sees every request, a unit those addressed to it; its reviewer, dedicated person and leaders act. Only a
leader extends the term.
"""

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from letters import clock
from letters.models import InformationRequest, RequestStep
from organisation.authority import authorities_of
from organisation.models import Unit, UnitKind
from organisation.posts import LEADERS
from regulation.refusals import Refusal

HANDLERS = frozenset({"reviewer", "dedicated", *LEADERS})
ARTICLE = "5"
ENDED = ("answered", "closed")
LAST = Subquery(RequestStep.objects.filter(request=OuterRef("pk")).order_by("-pk").values("kind")[:1])


def handles(user) -> bool:
    """Whether the person handles requests at all; for menus, without a query where authority is known."""
    return any(authority.post in HANDLERS for authority in authorities_of(user))


def seen_by(user, posts=HANDLERS):
    """The requests that the person may see, or act on in one of these posts."""
    held = {authority.unit_id for authority in authorities_of(user) if authority.post in posts}
    units = list(Unit.objects.filter(pk__in=held).values_list("kind", "code"))
    requests = InformationRequest.objects.annotate(last=LAST).prefetch_related("steps__person")
    if any(kind == UnitKind.GOV_OFFICE for kind, _code in units):
        return requests
    return requests.filter(unit_code__in=[code for _kind, code in units])


def offered(request, user) -> tuple[str, ...]:
    """The steps this person may take on this request now."""
    steps = [(step.kind, step.at) for step in request.steps.all()]
    leads = seen_by(user, LEADERS).filter(pk=request.pk).exists()
    return tuple(kind for kind in clock.allowed(request.received_at, steps) if kind != "extended" or leads)


@transaction.atomic
def take_step(key, user, kind, result="", note="") -> RequestStep:
    """Adds a step; what was offered a minute ago is judged anew, one after the other for each request."""
    with connection.cursor() as cursor:  # a lock of its own: nobody has the right to change the row
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 5204))", [str(key)])
    request = seen_by(user).filter(pk=key).first()
    if request is None:
        raise Refusal(_("This request is handled by another unit."), article=ARTICLE, code="not_yours")
    if kind not in offered(request, user):
        raise Refusal(_("This step cannot be taken now."), article=ARTICLE, code="step")
    return RequestStep.objects.create(request=request, kind=kind, result=result, note=note, person=user)
