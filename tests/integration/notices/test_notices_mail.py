"""Mail: one for all that waits, tried again, and no word in it that may not leave the house (Articles 13, 14)."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from notices import comments, mailing
from notices.models import Notice
from review import acts
from tests import factories
from tests.notices_world import SECRET, TITLE, post_of, told

pytestmark = pytest.mark.django_db


def test_wagtail_mails_nobody_by_itself(made, submitted):
    """It would mail titles of every item, sealed ones too, to authors at each end of a workflow."""
    factories.publish(made, submitted())
    acts.return_(submitted(SECRET), made.who("water", "secrecy_reviewer"), reason="wording", remark="改")
    assert outbox.outbox == []


def test_mail_names_a_title_only_after_the_secrecy_review(made, submitted):
    case = submitted()
    mailing.send_due()
    (first,) = outbox.outbox
    assert post_of(first) == "water.secrecy_reviewer" and TITLE not in first.body
    assert "http://admin.test/admin/notices/" in first.body
    factories.sign_next(made, case)
    mailing.send_due()
    assert TITLE in outbox.outbox[1].body and post_of(outbox.outbox[1]) == "water.reviewer"
    mailing.send_due()
    assert len(outbox.outbox) == 2, "each is mailed once"


def test_one_mail_carries_all_that_waits_and_only_what_still_waits(made, submitted):
    gone, stays = submitted("先办完的一件"), submitted("还在等的一件")
    acts.withdraw(gone, made.who("water", "author"))
    submitted("再等的一件")
    mailing.send_due()
    (message,) = outbox.outbox
    assert message.body.count("【待您办理】") == 2 and stays.is_open
    person = made.who("water", "secrecy_reviewer")
    Notice.objects.update(mailed_at=None, mail_at=timezone.now())
    person.is_active = False
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    mailing.send_due()
    assert len(outbox.outbox) == 1, "nobody is mailed who has no account any more"


class Down:
    """A mail server that does not answer, then does."""

    asked = 0
    down = True

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        type(self).asked += 1
        if self.down:
            raise ConnectionRefusedError("no mail server")
        outbox.outbox.extend(messages)
        return len(messages)


def test_mail_is_tried_again_after_longer_rests_and_a_dead_server_is_left_alone(made, submitted, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    Down.asked, Down.down = 0, True
    case = submitted()
    comments.add(case, made.who("water", "secrecy_reviewer"), "第二段请核对")
    now = timezone.now()
    assert mailing.send_due(now) == 0 and Down.asked == 1, "the second person is not tried in this round"
    assert mailing.send_due(now + timedelta(seconds=1)) == 0 and Down.asked == 1, "the server rests"
    assert mailing.send_due(now + timedelta(seconds=10)) == 0 and Down.asked == 2
    Down.down = False
    assert mailing.send_due(now + timedelta(minutes=10)) == 2
    assert len(outbox.outbox) == 2 and not Notice.objects.filter(mailed_at=None).exists()


def test_a_mail_that_never_gets_out_is_given_up_and_stays_in_the_portal(made, submitted, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    Down.asked, Down.down = 0, True
    submitted()
    Notice.objects.update(attempts=mailing.GIVE_UP_AFTER)
    mailing.send_due()
    assert Down.asked == 0
    assert told(made) == {("water", "secrecy_reviewer"): ["waiting"]}
    assert mailing.rest_after(3) == timedelta(minutes=9)
