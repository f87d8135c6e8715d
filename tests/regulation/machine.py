"""Random people do random things; after each, the public sees exactly what is signed.

What a rule draws never depends on the state of the database, so that hypothesis can replay an example although
the clock runs on. Items begin at any step of their route and half of the rules take one lawfully forward, else
nothing would ever get public.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from publication import gate, verification
from publication.documents import parse
from publication.models import FrozenStep, Publication, SignOff, TakeDown
from review import acts
from review.models import Case
from tests import factories
from tests.committed import as_role
from tests.regulation import public_side
from tests.regulation.attempts import quietly
from tests.regulation.world import SUPERUSER, UNAPPROVED, WRITER

ITEMS = st.integers(0, 2)
PEOPLE = st.integers(0, 200)
CHOICES = st.integers(0, 9)
END_VERBS = (acts.refuse, acts.quarantine, acts.escalate, acts.come_down, acts.hold, acts.refer)
COUNTED = {"steps": 0, "published": 0}


class Portal(RuleBasedStateMachine):
    """`settled` is set by the test: the committed town. Each example is rolled back."""

    settled = None

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        as_role("portal_app", local=True)
        self.written = None
        people = {person.pk for person in self.settled.town.people.values()}
        self.people = sorted(people | {self.settled.user(SUPERUSER).pk})
        self.known = set(Publication.objects.values_list("pk", flat=True))

    def teardown(self):
        connection.set_rollback(True)
        self.point.__exit__(None, None, None)

    @initialize(signed=st.tuples(st.integers(0, 8), st.integers(0, 8)))
    def three_items(self, signed):
        column = self.settled.page("column")
        self.pages = [
            factories.item(self.settled.town, "water", column).pk,
            factories.item(self.settled.town, "jiuzhou", column).pk,
            self.settled.pages["public"],
        ]
        self.edit(2, 0)  # the words that nobody approved: once signed they would be approved
        for item, times in enumerate(signed):
            if times:
                self.sign_on(item, times)

    # --- who and what ---

    def page(self, item):
        from wagtail.models import Page

        return Page.objects.get(pk=self.pages[item]).specific

    def case(self, item):
        return Case.objects.filter(page_id=self.pages[item]).order_by("-created_at").first()

    def person(self, number):
        from organisation.models import User

        return User.objects.get(pk=self.people[number % len(self.people)])

    def author(self, item):
        return self.settled.town.who("jiuzhou" if item == 1 else WRITER, "author")

    # --- lawful steps ---

    @rule(item=ITEMS, number=CHOICES)
    def edit(self, item, number):
        with quietly():
            draft = self.page(item).get_latest_revision_as_object()
            draft.title, draft.body = f"公告第{number}稿", [("rich_text", f"<p>第{number}稿。</p>")]
            draft.save_revision(user=self.author(item))

    @rule(item=ITEMS, wait=CHOICES)
    def submit(self, item, wait):
        later = {"publish_at": timezone.now() + timedelta(milliseconds=100 * wait)} if wait > 6 else {}
        with quietly():
            factories.submit(self.page(item), self.author(item), **later)

    @rule(item=ITEMS, times=st.integers(1, 6))
    def sign_on(self, item, times):
        """Whoever should, signs, up to so many steps; what nobody has handed in is handed in first."""
        if self.case(item) is None or not self.case(item).is_open:
            self.submit(item, 0)
        for _step in range(times):
            case = self.case(item)
            with quietly():
                if case is not None and case.is_open and case.opinion:
                    factories.sign_next(self.settled.town, case)

    @rule(item=ITEMS, number=PEOPLE)
    def return_or_reopen(self, item, number):
        case = self.case(item)
        with quietly():
            who = (
                factories.signatory(self.settled.town, case) if case and case.is_open and case.posts else None
            )
            verb, reason = (acts.reopen, "blurred") if number % 2 else (acts.return_, "wording")
            if who:
                verb(case, who, reason=reason, remark="请改")

    @rule(item=ITEMS, choice=CHOICES, by_holder=st.booleans(), number=PEOPLE)
    def end_or_pause(self, item, choice, by_holder, number):
        case = self.case(item)
        with quietly():
            if case is not None and case.is_open:
                who = factories.signatory(self.settled.town, case) if by_holder else self.person(number)
                END_VERBS[choice % len(END_VERBS)](case, who, remark="理由")

    @rule(item=ITEMS)
    def withdraw(self, item):
        with quietly():
            if self.case(item):
                acts.withdraw(self.case(item), self.author(item))

    # --- anybody, anything ---

    @rule(item=ITEMS, number=PEOPLE, answer=st.sampled_from(["是", "否", "", "不明确"]), merge=st.booleans())
    def agree_as_anybody(self, item, number, answer, merge):
        case = self.case(item)
        with quietly():
            if case is not None:
                acts.agree(case, self.person(number), question_one=answer, form_agrees=True, merge=merge)

    @rule(item=ITEMS, choice=CHOICES)
    def publish_by_wagtail(self, item, choice):
        with quietly():
            page = self.page(item)
            if choice < 3:
                page.get_latest_revision().publish()
            elif choice < 6:
                page.copy(update_attrs={"slug": f"copy{choice}"}, keep_live=True)
            else:
                page.unpublish()

    @rule(item=ITEMS, live=st.booleans())
    def raw_rows(self, item, live):
        from wagtail.models import Page, Revision

        with quietly():
            Page.objects.filter(pk=self.pages[item]).update(live=live, seo_title=UNAPPROVED)
        with quietly():
            Case.objects.filter(page_id=self.pages[item], ended_at=None).update(title=UNAPPROVED)
            Revision.objects.for_instance(self.page(item)).update(object_str=UNAPPROVED)

    @rule(item=ITEMS)
    def the_gate_without_signatures(self, item):
        case = self.case(item)
        with quietly():
            if case is not None:
                gate.complete(case.submission)

    @rule(item=ITEMS, number=PEOPLE)
    def take_down(self, item, number):
        with quietly():
            found = Publication.objects.open().filter(object_id=self.page(item).object_id).first()
            if found:
                acts.take_down(found, self.person(number), reason="under_check", remark="核实")

    @rule(item=ITEMS, number=PEOPLE, back=st.booleans())
    def decide_take_down(self, item, number, back):
        with quietly():
            taken = TakeDown.objects.filter(publication__object_id=self.page(item).object_id).last()
            if taken:
                (acts.restore if back else acts.ratify)(taken, self.person(number))

    @rule()
    def time_passes(self):
        with quietly():
            gate.release_due()
        with quietly():
            gate.expire_due()

    # --- after each of them ---

    @invariant()
    def the_public_sees_what_is_signed_and_nothing_else(self):
        COUNTED["steps"] += 1
        if (written := rows_written()) == self.written:
            return  # the step was refused before it touched a row: the public sees what was seen
        self.written = written
        opened = list(Publication.objects.open().select_related("submission").order_by("path"))
        with public_side.public_role():
            seen = list(Publication.objects.order_by("path").values_list("path", "digest"))
        assert seen == [(row.path, row.digest) for row in opened]
        COUNTED["published"] += len({row.pk for row in opened} - self.known)
        self.known |= {row.pk for row in opened}
        for row in opened:
            require_signatures(row)
        for item in range(len(getattr(self, "pages", ()))):
            self.require_page(item)
        found = [line for line in verification.offenders() if not line.startswith("file ")]
        assert found == []

    def require_page(self, item):
        """The address answers with the open publication's words, else not at all."""
        from publication import paths

        object_id = self.page(item).object_id
        path = paths.path_of(object_id)
        if not path:
            return
        public = Publication.objects.open().filter(object_id=object_id).first()
        status, body = public_side.get(path)
        assert status == 200 if public else status in (404, 410)
        assert UNAPPROVED not in body.decode()
        if public:
            assert parse(public.document)["title"] in body.decode()


def rows_written() -> int:
    """How many rows this transaction has written so far, those of rolled-back savepoints included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


def require_signatures(publication):
    """Every step agreed on exactly these bytes; whoever wrote, reviewed and approved are different people."""
    submission = publication.submission
    steps = FrozenStep.objects.filter(submission=submission).count()
    signed = SignOff.objects.filter(submission=submission, decision="agree", digest=publication.digest)
    assert bytes(publication.document) == bytes(submission.document)
    assert steps and signed.values("position").distinct().count() == steps
    opinions = signed.exclude(opinion="seal")
    people = [person for person, _act in set(opinions.values_list("person_id", "act"))]
    assert len(people) == len(set(people)) and submission.author_id not in people
