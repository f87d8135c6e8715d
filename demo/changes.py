"""Two changes of persons (Article 11): one received whose signing post waits for its second person, one to be received."""

from demo.data import organisation as data
from demo.people import People
from organisation import appointments
from organisation.models import Post, User
from personnel import filing

NEWCOMER = "信息员（新到任）"


class Changes:
    """Filed by the units, received by the e-gov office, like any other."""

    def __init__(self, people: People):
        self.people = people
        self.operator, self.second = (people.users[f"{data.EGOV}.{suffix}"] for suffix in ("web1", "web2"))

    def run(self) -> None:
        for (code, post), person in data.VACANT.items():
            self._leave(code, Post.objects.get(pk=post), self._former(code, post, person))
        unit = self.people.unit(data.CHANGING)
        filing.file(
            unit,
            by=self.people.at(unit.code, "dedicated"),
            leaver=self.people.at(unit.code, "author"),
            successor_name=f"{unit.short_name} {NEWCOMER}",
            reason="rotated",
            note="镇里统一调整分工",
        )

    def _former(self, code: str, post: str, person) -> User:
        """Whoever held the vacant post until now; nobody logs in as him any more."""
        unit = self.people.unit(code)
        leaver = User.objects.create(
            username=f"{code}.{person.suffix}", name=f"{unit.short_name} {person.called}"
        )
        leaver.set_unusable_password()
        leaver.save(update_fields=["password"])
        held = appointments.request_appointment(leaver, unit, Post.objects.get(pk=post), by=self.operator)
        appointments.confirm_appointment(held, by=self.second)
        return leaver

    def _leave(self, code: str, post: Post, leaver: User) -> None:
        """The successor's appointment is entered with the receipt and not confirmed yet: the unit is listed red."""
        change = filing.file(
            self.people.unit(code),
            by=self.people.at(code, "branch_leader"),
            leaver=leaver,
            successor=self.people.at(code, "archivist"),
            successor_posts=[post],
            reason="retired",
        )
        filing.receive(change, by=self.operator, note="已核对，请尽快确认接任人员任职")
