"""Nobody has Wagtail's publish permission on any page, superusers included (Article 14)."""

from wagtail.models.pages import PagePermissionTester


class ReviewedPagePermissionTester(PagePermissionTester):
    """What a person may do with a page of the portal.

    - Nobody publishes, schedules, unpublishes, or changes privacy: the route's last signature publishes,
      `publication.gate` takes down.
    - Submitting goes through the submission page only, where the secrecy row is filled.
    - Locks belong to the review; people do not set or lift them.
    - What has ever been submitted stays: it is on record (Article 19).
    - A superuser keeps the machine running; being one is no post in any unit, so he writes nobody's words
      (Articles 5, 9 and 17).
    """

    def is_technical(self):
        return self.user.is_superuser

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_unpublish(self):
        return False

    def can_unschedule(self):
        return False

    def can_set_view_restrictions(self):
        return False

    def can_submit_for_moderation(self):
        return False

    def can_lock(self):
        return False

    def can_unlock(self):
        return False

    def can_reorder_children(self):
        return False

    def can_edit(self):
        if self.is_technical() or getattr(self.page, "alias_of_id", None):
            return False
        return super().can_edit()

    def can_add_subpage(self):
        return not self.is_technical() and super().can_add_subpage()

    def can_copy(self):
        return not self.is_technical() and super().can_copy()

    def can_copy_to(self, destination, recursive=False):
        return not self.is_technical() and super().can_copy_to(destination, recursive)

    def can_delete(self, ignore_bulk=False):
        if self.is_technical() or self._has_history():
            return False
        return super().can_delete(ignore_bulk)

    def can_move(self):
        if self.is_technical() or self._has_history():
            return False
        return super().can_move()

    def may_submit(self):
        """Whether this person may open the submission page; the rules judge again on submission."""
        return self.user.is_active and self.can_edit() and not self.page_locked()

    def _has_history(self):
        from review.models import Case

        return Case.objects.filter(page_id=self.page.pk).exists()
