"""Writing notices down, in the transaction of what they tell of."""

from django.conf import settings
from django.utils import timezone

from notices import recipients
from notices.models import Notice


def tell(case, kind, ids, since, sure=()):
    """One notice for each of them who may open the item; a second time for the same moment changes nothing.

    `sure` are those who may by what they hold: nobody asks again.
    """
    mail_at = timezone.now() if settings.NOTICES_BY_MAIL else None
    Notice.objects.bulk_create(
        [
            Notice(person_id=pk, submission_id=case.pk, kind=kind, since=since, mail_at=mail_at)
            for pk in recipients.allowed(case, ids, sure)
        ],
        ignore_conflicts=True,
    )
