"""Groups are a projection of the appointments: nobody ticks a group by hand.

Wagtail's page and collection permissions and its hooks ask for groups (``home`` gives each unit's group its
rights); who may *sign* is asked of ``organisation.authority`` alone.
"""

from datetime import datetime, time

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils import timezone

from organisation.models import Appointment, Unit, UnitKind, User
from organisation.sync import register

GOV_OFFICE = "gov-office"
EGOV_OFFICE = "egov-office"
OFFICE_GROUPS = {UnitKind.GOV_OFFICE: GOV_OFFICE, UnitKind.EGOV_OFFICE: EGOV_OFFICE}


def _ours():
    return Q(groups__name__startswith="unit:") | Q(groups__name__in=OFFICE_GROUPS.values())


def _group(name):
    """The group, made with the right to open the admin screens, which is all this app gives it."""
    group, created = Group.objects.get_or_create(name=name)
    if created:
        access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        group.permissions.add(*access)
    return group


def wanted_groups(user, at=None):
    """Names of the groups that follow from the person's appointments at a moment."""
    if not user.is_active:
        return set()
    rows = Appointment.objects.valid(at).filter(person=user).values_list("unit__code", "unit__kind")
    names = set()
    for code, kind in rows:
        names.add(f"unit:{code}")
        if kind in OFFICE_GROUPS:
            names.add(OFFICE_GROUPS[kind])
    return names


def next_change(user, at):
    """When an appointment of the person next begins or ends; ``None`` when nothing is foreseen."""
    moments = []
    rows = Appointment.objects.filter(person=user).values_list("starts_at", "ends_at", "unit__closed_on")
    for starts_at, ends_at, closed_on in rows:
        midnight = closed_on and timezone.make_aware(datetime.combine(closed_on, time.min))
        moments += [moment for moment in (starts_at, ends_at, midnight) if moment and moment > at]
    return min(moments, default=None)


def refresh_groups(user, at=None):
    """Brings a person's groups in line with his appointments; returns a line for each group added or removed.

    Only the groups of this projection are touched. ``groups_due`` remembers when to look again, so that an
    appointment that ends at midnight takes the group away at the next request after midnight.
    """
    at = at or timezone.now()
    wanted = wanted_groups(user, at)
    current = set(User.objects.filter(_ours(), pk=user.pk).values_list("groups__name", flat=True))
    for name in wanted - current:
        user.groups.add(_group(name))
    user.groups.remove(*Group.objects.filter(name__in=current - wanted))
    due = next_change(user, at)
    User.objects.filter(pk=user.pk).exclude(groups_due=due).update(groups_due=due)
    user.groups_due = due
    return [f"+{name}" for name in sorted(wanted - current)] + [
        f"-{name}" for name in sorted(current - wanted)
    ]


@register("groups", order=20, of_units=True)
def write_groups():
    """A group for every unit and office."""
    names = set(OFFICE_GROUPS.values()) | {
        f"unit:{code}" for code in Unit.objects.values_list("code", flat=True)
    }
    existing = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    for name in sorted(names - existing):
        _group(name)
        yield f"group {name}"


@register("members", order=22)
def write_members():
    """Everybody in the groups that follow from his appointments."""
    for user in User.objects.order_by("pk").iterator():
        for change in refresh_groups(user):
            yield f"{user.username} {change}"
