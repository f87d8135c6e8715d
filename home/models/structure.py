"""What home, columns and unit faces have in common: their pages make up the portal itself (Article 18)."""

from django.utils.translation import gettext_lazy as _

from home.permission_testers import StructurePermissionTester
from home.preview import DocumentPreview
from review.models import ReviewedPage


class StructurePage(DocumentPreview, ReviewedPage):
    """Drafted by the e-gov office, decided by the gov office; locked for everybody else, superusers too."""

    structure = "columns"
    kind = ""

    class Meta:
        abstract = True
        verbose_name = _("structure page")

    def permissions_for_user(self, user):
        return StructurePermissionTester(user, self)
