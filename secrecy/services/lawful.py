"""What the services of this app share: who may act, and the database's refusal as a sentence."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from organisation.authority import find_authority
from publication import refused
from regulation.refusals import Refusal

# What the triggers of this app refuse (`secrecy_refuse` in migrations 0002 to 0004), in words, by its code.
SENTENCES = {
    "secrecy_destruction": (
        "13",
        _(
            "A destruction is proposed by the secrecy body, approved by a leader and seen by two other people."
        ),
    ),
    "secrecy_frozen": ("13", _("What has been filled in, signed or sealed on the form does not change.")),
    "secrecy_incomplete": ("13", _("The form is not complete, or does not belong to this item.")),
    "secrecy_not_holder": ("13", _("You do not hold the post that this signature demands.")),
    "secrecy_order": ("13", _("The leader decides once, after the secrecy reviewer agreed.")),
    "secrecy_offweb": (
        "13",
        _("What goes another way than the web is entered by the unit's author or dedicated person."),
    ),
    "secrecy_print": ("19", _("Say why the sheet is printed again.")),
    "secrecy_quarantined": ("13", _("This item is sealed away; only the secrecy body sees it.")),
    "secrecy_referral": ("13", _("The secrecy body's written conclusion is awaited or says otherwise.")),
    "secrecy_sheet": ("13", _("A sheet holds fully decided rows of the same unit, people and day.")),
    "secrecy_unsealed": ("13", _("The sheet of this item is not sealed, or its row is not valid.")),
    "secrecy_void": ("13", _("This row is void.")),
}

# Constraints of the tables that say the same.
CONSTRAINTS = {
    "secrecy_row_one_source": "secrecy_incomplete",
    "secrecy_row_one_form": "secrecy_incomplete",
    "secrecy_row_reviewer_first": "secrecy_order",
    "secrecy_row_three_people": "secrecy_not_holder",
    "secrecy_row_on_one_sheet": "secrecy_frozen",
    "secrecy_evidence_complete": "secrecy_incomplete",
    "secrecy_secrecyrow_submission_id_key": "secrecy_frozen",
    "secrecy_secrecyconclusion_referral_id_key": "secrecy_frozen",
    "secrecy_quarantine_submission_id_key": "secrecy_frozen",
    "secrecy_destruction_once": "secrecy_frozen",
    "secrecy_witness_once": "secrecy_destruction",
}


def teach_publication():
    """`publication` turns the database's refusals into sentences; these are refused on its own tables."""
    refused.SENTENCES.update(SENTENCES)
    refused.CONSTRAINTS.update(CONSTRAINTS)


@contextmanager
def lawful():
    """What the services overlooked, PostgreSQL refuses; people still get one clear sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refused.refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def require_post(user, unit_id, post, sentence):
    """The person's authority for that post in that unit, or a refusal with this sentence."""
    authority = find_authority(user, unit_id, [post])
    if authority is None:
        raise Refusal(sentence, article="13", code="not_holder")
    return authority
