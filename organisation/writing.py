"""How the services write: one transaction, the row locked, and the database's "no" turned into a sentence."""

from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from regulation.refusals import Refusal

# What the triggers of migration 0002 say, for people. The services ask first; this is for what slips between.
SENTENCES = {
    "the end may only be set or brought forward": gettext_noop(
        "An end may be set or brought forward, not put off."
    ),
    "the end may not lie in the past": gettext_noop("An end may not lie in the past."),
    "this kind of unit does not have that post": gettext_noop("This kind of unit does not have that post."),
    "a closed account holds no post": gettext_noop("A closed account cannot hold a post."),
    "confirmed once, while it runs": gettext_noop("It has been confirmed already, or has ended."),
    "a second person confirms": gettext_noop("A second person must confirm, who is not the one it is about."),
    "only a signing post is delegated": gettext_noop("Only a post that signs can be delegated."),
    "the grantor does not hold the post himself": gettext_noop(
        "The grantor does not hold this post by appointment; what was delegated cannot be delegated again."
    ),
    "the delegate is not a leader of the unit": gettext_noop(
        "Only another leader of the same unit can be a delegate."
    ),
    "organisation_app_not_for_oneself": gettext_noop("Nobody requests his own appointment."),
    "organisation_del_not_for_oneself": gettext_noop("Nobody enters a delegation to himself."),
    "organisation_del_two_persons": gettext_noop("Grantor and delegate must be two persons."),
    "organisation_app_from_to": gettext_noop("It ends before it begins."),
    "organisation_del_from_to": gettext_noop("It ends before it begins."),
    "organisation_one_office_of_each": gettext_noop("There is one such office only."),
    "organisation_unit_code": gettext_noop("There is a unit with this code already."),
    "the closing of a unit does not lie in the past": gettext_noop("A unit is not closed in the past."),
    "a unit has one name at a time": gettext_noop("A unit has one name at a time."),
}


@contextmanager
def refusing(article):
    """A savepoint whose refusals by PostgreSQL come out as `Refusal` with this article."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = str(error)
        sentence = next((said for raised, said in SENTENCES.items() if raised in text), None)
        if sentence is None:
            raise
        raise Refusal(_(sentence), article=article, code="database") from error


def server_now():
    """The database's clock at this very moment: ends and confirmations follow it and no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
