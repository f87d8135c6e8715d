"""Units, people and appointments of the demo, through the services of `organisation`.

Founding starts with two superusers, who by the table of rights may stand in for offices that have nobody yet; as
soon as the offices have people, those request and confirm. The second superuser's account is then closed.
"""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from demo.data import organisation as data
from organisation import accounts, appointments, unit_changes
from organisation.models import Post, Unit, User
from organisation.rights import may

PASSWORD = "Xixiu-Demo-2026"  # noqa: S105 (printed on purpose; the demo refuses to load in production)
ADMIN, FOUNDER = "admin", "founder"
FOUNDED_ON = dt.date(2017, 1, 1)

#: Who enters and who confirms, the first who may; the two superusers come last.
OPERATORS = ("web1", "web2", "security")
CONFIRMERS = (
    *(f"{data.EGOV}.{suffix}" for suffix in ("web2", "web1", "security")),
    *(f"{data.GOV}.{suffix}" for suffix in ("reviewer", "archive", "leader", "principal")),
)


class Founding:
    """Sets the organisation up, unit by unit, the two offices first."""

    def __init__(self):
        self.units: dict[str, Unit] = {}
        self.users: dict[str, User] = {}
        self.posts = Post.objects.in_bulk()
        self._hash = make_password(PASSWORD)
        self._operators: set[int] = set()

    def run(self) -> None:
        self._superuser(ADMIN, "系统管理员（无岗位）")
        founder = self._superuser(FOUNDER, "建站人员（无岗位）")
        for row in data.UNITS:
            self._found(row)
        offices_first = sorted(data.UNITS, key=lambda unit: unit.code not in (data.EGOV, data.GOV))
        for row in offices_first:
            for person in data.staff_of(row):
                for post in person.posts:
                    self._appoint(data.username(row, person), row.code, post)
        for (code, post), username in data.CONCURRENT.items():
            self._appoint(username, code, post, concurrent=True)
        for row in data.DELEGATIONS:
            self._delegate(row)
        accounts.close_account(founder, by=self._operator())

    def _superuser(self, username: str, name: str) -> User:
        user = User.objects.create(
            username=username, name=name, password=self._hash, is_superuser=True, is_staff=True
        )
        self.users[username] = user
        return user

    def _found(self, row: data.UnitRow) -> None:
        self.units[row.code] = unit_changes.create_unit(
            row.code, row.kind, row.name, by=self._operator(), short_name=row.short, valid_from=FOUNDED_ON
        )
        for person in data.staff_of(row):
            self._account(data.username(row, person), f"{row.short} {person.called}")

    def _account(self, username: str, name: str) -> None:
        """With the demo's password at once; the service's one-time password would have to be changed 250 times."""
        self.users[username] = User.objects.create(username=username, name=name, password=self._hash)

    def _appoint(self, username: str, code: str, post: str, *, concurrent: bool = False) -> None:
        person = self.users[username]
        appointment = appointments.request_appointment(
            person, self.units[code], self.posts[post], by=self._operator(person), concurrent=concurrent
        )
        if appointment.is_pending:
            appointments.confirm_appointment(appointment, by=self._confirmer(appointment))

    def _delegate(self, row: data.DelegationRow) -> None:
        """Entered by the leader who is away, confirmed by a second person."""
        now = timezone.now()
        delegation = appointments.delegate(
            self.users[row.grantor],
            self.users[row.delegate],
            unit=self.units[row.unit],
            post=self.posts[row.post],
            starts_at=now,
            ends_at=now + dt.timedelta(days=row.days),
            reason=row.reason,
            by=self.users[row.grantor],
        )
        candidates = self._known(*CONFIRMERS)
        second = next(user for user in candidates if appointments.may_confirm_delegation(user, delegation))
        appointments.confirm_delegation(delegation, by=second)

    def _operator(self, other_than: User | None = None) -> User:
        """The first who may; who once could, still can, so the table of rights is asked only until then."""
        for user in self._known(*(f"{data.EGOV}.{suffix}" for suffix in OPERATORS), ADMIN):
            if user != other_than and (user.pk in self._operators or may(user, "operate")):
                if not user.is_superuser:
                    self._operators.add(user.pk)
                return user
        raise LookupError("nobody may operate")

    def _confirmer(self, appointment) -> User:
        candidates = self._known(*CONFIRMERS, FOUNDER, ADMIN)
        return next(user for user in candidates if appointments.may_confirm(user, appointment))

    def _known(self, *names: str) -> list[User]:
        return [self.users[name] for name in names if name in self.users]
