"""A small portal for tests: the two offices, a department and a township fully staffed, a public column, items.

People are made through `tests.organisation_world`, everything else through the portal's own services, so that
no test stands on a row the portal could not have written.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_save
from django.utils import timezone

from checks import sources
from checks.models import ReprintSource
from organisation.groups import refresh_groups
from organisation.models import Appointment, UnitKind
from organisation.signals import refresh_after_appointment
from organisation.sync import parts
from publication.models import Publication
from regulation.questions import HARMS, NO, clean_answers
from review import acts
from review.models import Case
from tests.organisation_world import appoint, holder, person, unit

_numbers = count(1)
HARMLESS = {harm.code: NO for harm in HARMS}
ROW = {"source": "own", "form": "web"}
BODY = [("rich_text", "<p>城区供水管网定于周一冲洗，请提前储水。</p>")]

UNIT_POSTS = (
    "author",
    "secrecy_reviewer",
    "reviewer",
    "supervising_leader",
    "branch_leader",
    "dedicated",
    "secrecy_body",
)
GOV_POSTS = (*UNIT_POSTS, "principal_leader")
EGOV_POSTS = (*UNIT_POSTS, "web_manager", "web_editor", "portal_leader")


@contextmanager
def groups_held():
    """Appointments without working out the groups after each of them, which is most of what a town costs."""
    receiver = {"sender": Appointment, "dispatch_uid": "organisation.appointment_groups"}
    assert post_save.disconnect(**receiver)
    try:
        yield
    finally:
        post_save.connect(refresh_after_appointment, **receiver)


@dataclass
class Town:
    """Units by name, people by (unit, post): `town.who("water", "author")`."""

    units: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)

    def who(self, name, post):
        return self.people[name, post]

    def staff(self, name, made, posts):
        self.units[name] = made
        with groups_held():
            for post in posts:
                self.people[name, post] = holder(made, post, f"{made.name} {post}")
        people = [self.people[name, post] for post in posts]
        refresh_groups(people[0])
        for group in people[0].groups.all():  # they follow from the unit: those of one are those of all
            group.user_set.add(*people)
        return made


def town():
    """Both offices and two ordinary units, one person per post; routes are there from `sync_portal`."""
    made = Town()
    made.staff("gov", unit(UnitKind.GOV_OFFICE, "区人民政府办公室", "gov"), GOV_POSTS)
    made.staff("egov", unit(UnitKind.EGOV_OFFICE, "区电子政务办公室", "egov"), EGOV_POSTS)
    made.staff("water", unit(UnitKind.DEPARTMENT, "区水务局", "water"), UNIT_POSTS)
    made.staff("jiuzhou", unit(UnitKind.TOWNSHIP, "旧州镇", "jiuzhou"), UNIT_POSTS)
    return made


def join_posts(made, name, first, *others):
    """One person holds several posts of a unit: the holder of `first` gets the others in place of their holders."""
    who = made.who(name, first)
    for post in others:
        appoint(who, made.units[name], post)
        made.people[name, post] = who
    return who


def column(made, title="通知公告", kinds=("department", "township", "gov_office", "egov_office")):
    """A column that the public already sees: proposed, decided and published by the route of Article 18."""
    from home.models import ColumnPage, HomePage

    tree()
    home = HomePage.objects.get()
    page = home.add_child(
        instance=ColumnPage(
            title=title,
            slug=f"column{next(_numbers)}",
            unit=made.units["egov"],
            responsible_unit=made.units["gov"],
            contributor_kinds=list(kinds),
        )
    )
    if not Publication.objects.filter(object_id=home.object_id).exists():
        publish_structure(made, home)
    publish_structure(made, page)
    return ColumnPage.objects.get(pk=page.pk)


def tree():
    """Home page, unit pages, libraries and rights, as `sync_portal` writes them for the units there are."""
    for part in parts():
        if part.name in ("home page", "libraries", "unit pages", "rights"):
            list(part.run() or ())


def publish_structure(made, page):
    proposer = made.who("egov", "author")
    case = acts.submit(page, proposer, harms=HARMLESS)
    case = acts.agree(case, made.who("egov", "supervising_leader"), **answers_for(case))
    return acts.agree(case, made.who("gov", "branch_leader"))


def unit_page(made, name):
    from units.models import UnitHomePage

    pages = UnitHomePage.objects.filter(unit=made.units[name])
    if not pages.exists():
        tree()
    return pages.get()


def item(made, name, column, title=None, **fields):
    """A complete draft of a unit, written by its 信息员."""
    from home.models import InformationPage

    page = InformationPage(
        title=title or f"供水管网冲洗安排{next(_numbers)}",
        slug=f"item{uuid.uuid4().hex[:8]}",
        unit=made.units[name],
        column=column,
        owner=made.who(name, "author"),
        editor="责任编辑",
        body=BODY,
        **fields,
    )
    unit_page(made, name).add_child(instance=page)
    page.save_revision(user=page.owner)
    return InformationPage.objects.get(pk=page.pk)


def submit(page, author, **changes):
    row = {"department": "办公室"} | ROW
    if page.get_latest_revision_as_object().is_reprint:
        prove_origin(page, author)
        row |= {"source": "reprint", "reprint_source": page.source_name or "省报"}
    return acts.submit(page, author, **({"row": row, "harms": HARMLESS} | changes))


def prove_origin(page, author):
    """What Articles 7 and 8 want of a reprint: a listed source, the original's address, a capture."""
    draft = page.get_latest_revision_as_object()
    if not draft.source_url:
        draft.source_url = "https://news.example.org/2026/1120.html"
        draft.save_revision(user=author)
    if not ReprintSource.objects.filter(name=draft.source_name).exists():
        ReprintSource.objects.create(name=draft.source_name, kind="state", valid_from=date(2020, 1, 1))
    capture = SimpleUploadedFile("original.html", f"<p>{draft.title}</p>{BODY[0][1]}".encode())
    sources.file_evidence(page.object_id, "capture", capture, author, url=draft.source_url)


def signatory(made, case):
    """Who is expected to sign the case's current step, by the table of posts."""
    name = next(n for n, u in made.units.items() if u.pk == case.step_unit_id)
    return made.who(name, case.posts[0])


def answers_for(case):
    """What agreeing needs at this step, with nothing to remark."""
    if case.opinion == "secrecy":
        return {"question_one": NO}
    if case.opinion == "review":
        return {"answers": clean_answers(), "form_agrees": True}
    if case.opinion == "proposal":
        return {"remark": "按职责分工设置，建议批准。"}
    return {"form_agrees": True} if case.opinion == "check" else {}


def sign_next(made, case, who=None, **data):
    """Agrees to the current step, with what the step asks; the seal brings its scan."""
    who = who or signatory(made, case)
    if case.opinion == "seal":
        seal(case, who)
    return acts.agree(case, who, **(answers_for(case) | data))


def seal(case, who):
    """生成审查表 and the record of an electronic seal, through the secrecy services."""
    from secrecy import services

    sheet = services.form_sheet(case.pk, who)
    services.record_electronic_seal(
        sheet,
        who,
        seal_name="单位公章",
        seal_owner="办公室",
        seal_unit="本单位",
        key_serial=f"KEY{next(_numbers):06d}",
        sealed_at=timezone.now(),
    )


def advance_to(made, case, opinion):
    """Signs on until that opinion is waited for."""
    while case.is_open and case.opinion != opinion:
        case = sign_next(made, case)
    return case


def publish(made, case):
    while case.is_open:
        case = sign_next(made, case)
    return case


def publish_until_waiting(made, case):
    """Everything signed; what is left to wait for is the rest of its bundle or its minute."""
    while case.is_open and case.opinion:
        case = sign_next(made, case)
    return case


def bulk_cases(made, total, opinion="check"):
    """Many waiting cases in one statement: what the inbox must bear. Read model only, no submissions behind them."""
    now = timezone.now()
    step_unit = made.units["egov"] if opinion == "check" else made.units["water"]
    post = {"check": "web_manager", "review": "reviewer"}[opinion]
    author = person("批量承办人")
    first = Case.objects.count()
    Case.objects.bulk_create(
        Case(
            submission_id=uuid.uuid4(),
            object_id=uuid.uuid4(),
            page_id=10_000_000 + first + number,
            page_type="home.InformationPage",
            title=f"供水管网冲洗安排 第{number}号",
            unit=made.units["water"] if number % 2 else made.units["jiuzhou"],
            author=author,
            route="department" if number % 2 else "township",
            position=6,
            opinion=opinion,
            task=opinion,
            posts=[post],
            step_unit=step_unit,
            step_since=now - timezone.timedelta(minutes=number),
            deadline=now,
            status=f"wait_{opinion}",
            created_at=now,
        )
        for number in range(total)
    )
