"""A unit's people edit their face and add items below it; the page itself stays where it is."""

from wagtail.models.pages import PagePermissionTester

from review.permissions import ReviewedPagePermissionTester


class UnitPermissionTester(ReviewedPagePermissionTester):
    """Subsites come and go with units (`sync_portal`), not by anybody's hand."""

    def can_delete(self, ignore_bulk=False):
        return False

    def can_move(self):
        return False

    def can_move_to(self, destination):
        return False

    def can_copy(self):
        return False

    def can_copy_to(self, destination, recursive=False):
        return False


class UnitIndexPermissionTester(PagePermissionTester):
    """A folder: to be looked into, nothing else, superusers included."""

    def _never(self, *args, **kwargs):
        return False

    can_edit = can_add_subpage = can_delete = can_move = can_move_to = can_copy = can_copy_to = _never
    can_publish = can_publish_subpage = can_unpublish = can_lock = can_unlock = can_reorder_children = _never
    can_set_view_restrictions = can_unschedule = can_submit_for_moderation = can_view_revisions = _never
