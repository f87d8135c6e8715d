"""What the services of this app share: who may act, and the database's refusal as a sentence."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation.authority import find_authority
from regulation.refusals import Refusal


@contextmanager
def lawful(code="refused"):
    """What the services overlooked, PostgreSQL refuses (migration 0002); people still get one clear sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        reason = str(error).splitlines()[0]
        raise Refusal(
            _("The secrecy form does not allow this: %(reason)s.") % {"reason": reason},
            article="13",
            code=code,
        ) from error


def require_post(user, unit_id, post, sentence):
    """The person's authority for that post in that unit, or a refusal with this sentence."""
    authority = find_authority(user, unit_id, [post])
    if authority is None:
        raise Refusal(sentence, article="13", code="not_holder")
    return authority
