"""People, units and posts for tests, written as the application role within the database's own rules.

`appoint` goes past the services' table of who may (tests of that table use the services), never past the triggers:
two setting-up persons request and confirm.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.urls import reverse

from organisation.models import Appointment, Delegation, Post, Unit, UnitKind, UnitName, User
from tests.refusing import run

_numbers = count(1)
LONG_AGO = datetime(2017, 10, 25, tzinfo=UTC)
PASSWORD = "correct-horse-7"


def person(name=None, **fields):
    number = next(_numbers)
    username = fields.pop("username", f"person{number}")
    return User.objects.create_user(username, password=PASSWORD, name=name or f"人员{number}", **fields)


def unit(kind=UnitKind.TOWNSHIP, name=None, code=None, **fields):
    number = next(_numbers)
    made = Unit.objects.create(code=code or f"unit{number}", kind=kind, order=number, **fields)
    UnitName.objects.create(unit=made, name=name or f"单位{number}", valid_from=date(2000, 1, 1))
    return made


def setting_up():
    """Two persons who request and confirm for tests."""
    names = ("setup-one", "setup-two")
    return [User.objects.filter(username=name).first() or person(name, username=name) for name in names]


def appoint(who, where, post, *, starts_at=LONG_AGO, ends_at=None, confirmed=True):
    """A person in a post, confirmed where that is needed; `who` may be a name for a new person."""
    if not isinstance(who, User):
        who = person(who)
    first, second = setting_up()
    appointment = Appointment.objects.create(
        person=who, unit=where, post_id=post, starts_at=starts_at, ends_at=ends_at, requested_by=first
    )
    appointment.refresh_from_db()
    if confirmed and appointment.needs_confirmation:
        confirm(appointment, second)
    return appointment


def confirm(row, by):
    """The second person's yes on an appointment or a delegation; the database sets its own time."""
    row.confirmed_by = by
    row.confirmed_at = datetime.now(UTC)
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    row.refresh_from_db()
    return row


def holder(where, post, name=None, **fields):
    """A new person who holds the post."""
    return appoint(person(name, **fields), where, post).person


def delegation(grantor, to, where, post, *, starts_at=None, ends_at=None, confirmed=True):
    first, second = setting_up()
    now = datetime.now(UTC)
    made = Delegation.objects.create(
        grantor=grantor,
        delegate=to,
        unit=where,
        post_id=post,
        starts_at=starts_at or now,
        ends_at=ends_at or now + timedelta(days=5),
        reason="出差",
        created_by=first,
    )
    made.refresh_from_db()
    return confirm(made, second) if confirmed else made


def offices():
    """The two offices with three confirmed holders of what the table of rights names: (gov, egov, people)."""
    gov = unit(UnitKind.GOV_OFFICE, "区人民政府办公室", "gov")
    egov = unit(UnitKind.EGOV_OFFICE, "区电子政务办公室", "egov")
    posts = {
        "manager": (egov, "web_manager"),
        "manager2": (egov, "web_manager"),
        "security": (egov, "security_officer"),
        "gov_reviewer": (gov, "reviewer"),
        "gov_dedicated": (gov, "dedicated"),
        "gov_leader": (gov, "branch_leader"),
    }
    people = {key: holder(where, post, key) for key, (where, post) in posts.items()}
    return gov, egov, people


def offices_and_town():
    """Both offices, their people by what they do, and one township."""
    gov, egov, people = offices()
    return people | {"gov": gov, "egov": egov, "town": unit(UnitKind.TOWNSHIP, "旧州镇", "jiuzhou")}


def post(code):
    return Post.objects.get(code=code)


def holds(who, where, post, at=None, by=None):
    """Whether the database says that they hold the post."""
    at = at or run("SELECT clock_timestamp()")
    return run("SELECT organisation_holds(%s, %s, %s, %s, %s)", who.pk, where.pk, post, at, by)


def log_in(client, who, password=PASSWORD):
    return client.post(reverse("wagtailadmin_login"), {"username": who.username, "password": password})


def is_logged_in(client):
    return client.get(reverse("organisation_change_password")).status_code == 200


def text(response):
    return response.content.decode()
