"""What PostgreSQL refuses, as a sentence for people.

The triggers raise with a code in place of a constraint's name (`publication_refuse` in migration 0002); this table
says it in words and cites the article. The database stays the judge; the words are courtesy.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from regulation.refusals import Refusal

SENTENCES = {
    "allotted_path": ("18", _("The address does not belong to this item.")),
    "already_open": ("14", _("This item already waits for review under another submission.")),
    "already_signed": ("14", _("Somebody else has just signed this step.")),
    "author_signs": ("14", _("Whoever wrote an item does not give an opinion on it.")),
    "batch": ("25", _("The batch does not list this content.")),
    "bundle": (
        "14(1)",
        _("The other items of the bundle are not ready; all are published together or none."),
    ),
    "children_open": ("18", _("A column with published content below it cannot be withdrawn.")),
    "column_closed": ("9", _("The column is not public; nothing can be published in it.")),
    "definition": ("14", _("The steps are not those of the route.")),
    "digest": ("13", _("The content is not the one that was signed.")),
    "ended": ("14", _("This submission has ended; nothing more can be signed or published.")),
    "expired": ("16", _("The item's time is over.")),
    "frozen": ("14", _("The route is frozen; it does not change once somebody has signed.")),
    "intake": ("12", _("The intake record is not complete.")),
    "merge": ("14", _("These opinions cannot be given in one act.")),
    "not_closed": ("14", _("This item is public already.")),
    "not_due": ("14", _("The time of publication has not come.")),
    "not_holder": ("14", _("You do not hold the post that this step demands.")),
    "one_act": ("14", _("You have already given an opinion on this item; one person acts once.")),
    "order": ("14", _("An earlier step is not signed yet.")),
    "paper": (
        "14",
        _("A signature on paper needs its scan, entered by one person and checked by another."),
    ),
    "permanent": ("19", _("Records are neither altered nor deleted.")),
    "published": ("14", _("The item is public; withdraw it by taking it down.")),
    "reopen": ("13", _("Only the seal can be asked for again.")),
    "route": ("14", _("The item cannot take this route.")),
    "step": ("14", _("The route has no such step for this post.")),
    "take_down": ("14", _("The take-down cannot be decided so.")),
    "time": ("14", _("Only the server's time counts.")),
    "unsigned": ("14", _("Not every step is signed; nothing is published.")),
}

# Unique constraints that say the same as a code when two people are faster than the check.
CONSTRAINTS = {
    "publication_signoff_once": "already_signed",
    "publication_open_object": "not_closed",
    "publication_open_path": "not_closed",
    "publication_path_once": "allotted_path",
    "publication_submissionend_submission_id_key": "ended",
    "publication_takedown_publication_id_key": "take_down",
}


@contextmanager
def as_refusal(using=None):
    """A savepoint whose lawful refusals become `Refusal`; anything else stays the error it is."""
    try:
        with transaction.atomic(using=using):
            yield
    except IntegrityError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error) -> Refusal | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    code = CONSTRAINTS.get(name, name.removeprefix("publication_"))
    if code not in SENTENCES:
        return None
    article, sentence = SENTENCES[code]
    return Refusal(sentence, article=article, code=code)
