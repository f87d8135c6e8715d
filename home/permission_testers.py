"""What people may do in the admin with the pages that make up the portal (Articles 5, 17, 18)."""

from organisation.authority import is_egov_office
from review.permissions import ReviewedPagePermissionTester


class StructurePermissionTester(ReviewedPagePermissionTester):
    """Home, columns and unit faces.

    - Only the e-gov office drafts them, as proposals; being superuser is no office (Article 18).
    - Nobody moves, copies or reorders them: the tree changes by an approved proposal only.
    - What was never submitted may be thrown away by those who drafted it.
    """

    def _drafts(self):
        if not hasattr(self, "_is_drafter"):
            self._is_drafter = self.user.is_active and is_egov_office(self.user)
        return self._is_drafter

    def can_edit(self):
        return self._drafts() and super().can_edit()

    def can_add_subpage(self):
        return self._drafts() and super().can_add_subpage()

    def can_delete(self, ignore_bulk=False):
        return self._drafts() and self.page.is_leaf() and super().can_delete(ignore_bulk)

    def can_move(self):
        return False

    def can_move_to(self, destination):
        return False

    def can_copy(self):
        return False

    def can_copy_to(self, destination, recursive=False):
        return False


class ArticlePermissionTester(ReviewedPagePermissionTester):
    """An item stays below the page of the unit that answers for it (Article 9); copying makes a new one."""

    def can_move(self):
        return False

    def can_move_to(self, destination):
        return False
