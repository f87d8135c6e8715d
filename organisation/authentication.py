"""Log-in by user name and password, for those who are still in office (Articles 11, 20)."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from organisation.groups import refresh_groups
from organisation.models import Appointment, User


def with_left(users, at=None):
    """Adds ``has_left``: the person held posts and every one of them is over."""
    own = Appointment.objects.filter(person=OuterRef("pk"))
    lasting = own.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at or timezone.now()))
    return users.annotate(has_left=Exists(own) & ~Exists(lasting))


class AppointedBackend(ModelBackend):
    """Nobody logs in, or stays logged in, after his last appointment ended or his account was closed.

    Every request asks for the user anyway; the question whether he has left rides on that query, so the
    session of a leaver ends with the first request after the minute (Article 11).
    """

    def user_can_authenticate(self, user):
        if not super().user_can_authenticate(user):
            return False
        left = getattr(user, "has_left", None)
        if left is None:
            left = with_left(User.objects.filter(pk=user.pk)).values_list("has_left", flat=True).first()
        return not left

    def get_user(self, user_id):
        user = with_left(User.objects.filter(pk=user_id)).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        if user.groups_due and user.groups_due <= timezone.now():
            refresh_groups(user)
        return user
