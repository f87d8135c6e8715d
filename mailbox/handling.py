"""Who handles letters, and the steps he may take (Articles 5 and 14(5)).

Both offices see every letter; the e-gov office's editors of information, whom Article 14(5) names, pass them on. A unit
sees what is addressed or passed to it; its reviewer, dedicated person and leaders answer.
"""

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from letters.handling import HANDLERS as UNIT_HANDLERS
from mailbox import clock
from mailbox.models import Letter, LetterStep
from organisation.authority import authorities_of
from organisation.models import Unit, UnitKind
from regulation.refusals import Refusal

HANDLERS = UNIT_HANDLERS | {"web_editor", "web_manager"}
OFFICES = (UnitKind.EGOV_OFFICE, UnitKind.GOV_OFFICE)
FOR_OFFICES = frozenset({"accepted", "closed"})
ARTICLE = "14(5)"
ENDED = clock.ENDED
STEPS = LetterStep.objects.filter(letter=OuterRef("pk")).order_by("-pk")
LAST = Subquery(STEPS.values("kind")[:1])
#: The unit that has it now: the one it was passed to last, else the one it names.
HELD_BY = Coalesce(Subquery(STEPS.filter(kind="passed").values("unit_code")[:1]), "unit_code")


def handles(user) -> bool:
    """Whether the person handles letters at all; for menus, without a query where authority is known."""
    return any(authority.post in HANDLERS for authority in authorities_of(user))


def units_of(user) -> list[tuple[str, str]]:
    """Kind and code of the units in which the person handles letters."""
    held = {authority.unit_id for authority in authorities_of(user) if authority.post in HANDLERS}
    return list(Unit.objects.filter(pk__in=held).values_list("kind", "code"))


def seen_by(user):
    """The letters that the person may see, with `last` step and the unit that has it (`held_by`)."""
    units = units_of(user)
    letters = Letter.objects.annotate(last=LAST, held_by=HELD_BY).prefetch_related("steps__person")
    if any(kind in OFFICES for kind, _code in units):
        return letters
    return letters.filter(held_by__in=[code for _kind, code in units])


def offered(letter, user) -> tuple[str, ...]:
    """The steps this person may take with this letter now; a selection has a form of its own."""
    in_office = any(kind in OFFICES for kind, _code in units_of(user))
    following = clock.FOLLOWS[letter.last or ""]
    return tuple(kind for kind in following if in_office or kind not in FOR_OFFICES)


@transaction.atomic
def take_step(key, user, kind, note="", unit_code="", page_id=None) -> LetterStep:
    """Adds a step; what was offered a minute ago is judged anew, one after the other for each letter."""
    with connection.cursor() as cursor:  # a lock of its own: nobody has the right to change the row
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 5205))", [str(key)])
    letter = seen_by(user).filter(pk=key).first()
    if letter is None:
        raise Refusal(_("This letter is handled by another unit."), article=ARTICLE, code="not_yours")
    if kind not in offered(letter, user):
        raise Refusal(_("This step cannot be taken now."), article=ARTICLE, code="step")
    if kind == "passed" and not Unit.objects.filter(code=unit_code).exists():
        raise Refusal(_("Say which unit it is passed to."), article=ARTICLE, code="unit")
    facts = {"note": note, "unit_code": unit_code if kind == "passed" else "", "page_id": page_id}
    return LetterStep.objects.create(letter=letter, kind=kind, person=user, **facts)
