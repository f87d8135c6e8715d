"""The courtesy lock: while people sign, the draft does not move.

Only a courtesy: what they sign is the frozen document of the submission, which could not change anyway.
"""

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class UnderReviewLock(BaseLock):
    """Applies to everybody, author and superuser included, until the case ends."""

    def __init__(self, page, case):
        super().__init__(page)
        self.case = case

    def for_user(self, user):
        return True

    def get_message(self, user):
        return _("Submitted and under review (%(status)s). Withdraw it first to change it.") % {
            "status": self.case.status_label
        }

    def get_locked_by(self, user):
        return _("Under review")

    def get_description(self, user):
        return _("The item cannot be changed while it is under review")
