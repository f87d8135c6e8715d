"""Finds the demo's people: who writes for a unit, and who may take the step that waits."""

from demo.data import organisation as data
from organisation.authority import holders
from organisation.models import Unit, User
from review.rules import may_sign


class People:
    """Units and accounts, read once; who may act is asked of the portal's own rules each time."""

    def __init__(self):
        self.units = {unit.code: unit for unit in Unit.objects.named()}
        self.users = {user.username: user for user in User.objects.all()}

    def unit(self, code: str) -> Unit:
        return self.units[code]

    def at(self, code: str, post: str) -> User:
        """The unit's own person in a post, by the table of staff."""
        row = next(unit for unit in data.UNITS if unit.code == code)
        person = next(person for person in data.staff_of(row) if post in person.posts)
        return self.users[data.username(row, person)]

    def holder(self, unit_id: int, posts) -> User:
        return holders(unit_id, posts).order_by("username").first()

    def signatory(self, case) -> User:
        """The first person, by user name, whom the rules let take the current step of this case."""
        step = case.step
        candidates = holders(step.unit_id, step.posts).order_by("username")
        found = next((user for user in candidates if may_sign(case, step, user).allowed), None)
        if found is None:
            raise LookupError(f"nobody may take the step {step.opinion} of {case.title}")
        return found
