"""Who sees rows, sheets and what is sealed away (Article 13: content hidden from everyone but the secrecy body).

The page screens ask `hidden_page_ids`, the file choosers `hidden_files`; both are empty for the price of one query
where nothing is sealed away.
"""

from django.db.models import Exists, OuterRef, Q

from organisation.authority import authorities_of
from organisation.models import Unit
from review.models import Case
from review.staffing import offices
from review.visibility import hidden_page_ids as hidden_by_review
from review.visibility import visible_cases
from secrecy.models import Destruction, Quarantine, SecrecyRow, SecrecySheet, SheetRow

BODY = "secrecy_body"
SEALER = "dedicated"


def units_as(user, post, held=None):
    """The units in which the person holds that post now."""
    held = authorities_of(user) if held is None else held
    return {authority.unit_id for authority in held if authority.post == post}


def sealed_from(user):
    """Quarantines that are closed to this person. Superusers are persons like others."""
    return Quarantine.objects.closed().exclude(unit_id__in=units_as(user, BODY))


def sealed_objects():
    """For the registers and lists of apps below: they show no word of these to anybody."""
    return set(Quarantine.objects.closed().values_list("object_id", flat=True))


def hidden_page_ids(user):
    """Pages that do not exist for this person: explorer, search, choosers, history, by URL. A set of ids."""
    sealed = set(sealed_from(user).values_list("page_id", flat=True))
    return sealed | set(hidden_by_review(user))


def hides(user, page_id):
    return page_id in hidden_page_ids(user)


def hidden_files(user):
    """SHA-256 of files that belong to sealed-away submissions, for libraries, choosers and private file views.

    The originals as well: a picture is served in sizes made from it, and all of them show the same.
    """
    from publication.documents import named_files, parse
    from publication.models import Submission

    sealed = sealed_from(user).values("object_id")
    documents = Submission.objects.filter(object_id__in=sealed).values_list("document", flat=True)
    return set().union(*(named_files(parse(document)) for document in documents))


def seen_units(user, held=None):
    """Units whose sheets the person may list: both offices see all, others their own (Articles 5, 13)."""
    held = authorities_of(user) if held is None else held
    own = {authority.unit_id for authority in held}
    if own & set(offices().values()):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=own)


def seen_sheets(user, held=None):
    """Sheets of those units, without any that shows an item kept from the person."""
    held = authorities_of(user) if held is None else held
    kept = SheetRow.objects.filter(sheet=OuterRef("pk"), row__submission_id__isnull=False).exclude(
        row__submission_id__in=visible_cases(user, held).values("pk")
    )
    closed = Q(withdrawn_at__isnull=False) & ~Q(unit_id__in=units_as(user, BODY, held))
    return SecrecySheet.objects.filter(~Exists(kept), unit__in=seen_units(user, held)).exclude(closed)


def seen_rows(user, held=None):
    """Every row of those units that the person may see: in all states, on the web or not (note 2)."""
    held = authorities_of(user) if held is None else held
    cases = visible_cases(user, held).filter(quarantined=False)
    rows = SecrecyRow.objects.filter(unit__in=seen_units(user, held), sealed_away=False)
    return rows.filter(Q(submission_id__isnull=True) | Q(submission_id__in=cases.values("pk")))


def may_see_row(user, row):
    if row.submission_id is None:
        return seen_units(user).filter(pk=row.unit_id).exists()
    return visible_cases(user).filter(pk=row.submission_id).exists()


def rows_awaiting(user, held=None):
    """Rows that wait for the seal in units where the person is the 专管人员."""
    from secrecy.services.sheets import rows_to_seal

    held = authorities_of(user) if held is None else held
    return rows_to_seal(units_as(user, SEALER, held))


def referrals_for(user, held=None):
    """Open questions to the secrecy bodies the person belongs to."""
    from secrecy.models import Referral

    return Referral.objects.filter(
        row__unit_id__in=units_as(user, BODY, held), row__voided_at__isnull=True, conclusion__isnull=True
    )


def quarantines_for(user, held=None):
    return Quarantine.objects.filter(unit_id__in=units_as(user, BODY, held))


def destructions_for(user, held=None):
    """Destructions that the person may open: of the own unit, and for a witness from an office of any unit.

    Whoever only writes has no part in them; nothing in them tells what the item was.
    """
    held = authorities_of(user) if held is None else held
    part = {authority.unit_id for authority in held if authority.post != "author"}
    everywhere = bool(part & set(offices().values()))
    return Destruction.objects.all() if everywhere else Destruction.objects.filter(unit_id__in=part)


def titles_of(records):
    """Titles for the secrecy body's own screen, in one query."""
    cases = Case.objects.filter(pk__in=[record.submission_id for record in records])
    return dict(cases.values_list("submission_id", "title"))
