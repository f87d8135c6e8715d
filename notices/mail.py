"""One mail for all that a person is to be told now. Everything is judged again at this minute."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from notices import wording
from notices.models import OF_A_STEP, Notice
from organisation.models import User


def send(person_id):
    """Returns how many notices the mail carried. A server that does not answer raises: they stay to be mailed.

    No row is locked meanwhile: whoever signs never waits for a mail server. That nobody else mails the same is seen
    to by the rest that was written down before (`notices.mailing`).
    """
    now = timezone.now()
    mine = Notice.objects.unread().filter(person_id=person_id)
    due = list(mine.filter(mailed_at__isnull=True, mail_at__isnull=False).order_by("pk"))
    person = User.objects.get(pk=person_id)
    told = wording.told(due, person, by_mail=True) if person.is_active else []
    lines = [line for line in told if is_still_his(line)]
    if lines and person.email:
        message(person, lines).send()
        Notice.objects.filter(pk__in=[line.notice.pk for line in lines]).update(mailed_at=now)
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(mail_at=None)
    return len(lines) if person.email else 0


def is_still_his(line):
    """Not what he may no longer open, nor a step that somebody has dealt with."""
    if line.case is None:
        return False
    return line.is_current if line.notice.kind in OF_A_STEP else True


def message(person, lines):
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext("%(n)d notice of the portal", "%(n)d notices of the portal", len(lines))
        context = {
            "person": person,
            "lines": lines,
            "site": settings.SITE_NAME,
            "address": settings.WAGTAILADMIN_BASE_URL + reverse("notices:index"),
        }
        return EmailMessage(
            subject=f"【{settings.SITE_NAME}】{subject % {'n': len(lines)}}",
            body=render_to_string("notices/mail.txt", context),
            to=[person.email],
        )
