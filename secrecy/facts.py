"""What stands on a sheet, as plain data: the one thing that the PDF, the screens and the tests read."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from organisation.models import Appointment, Delegation
from organisation.models.units import unit_names
from publication.models import SignOff
from secrecy import labels
from secrecy.models.rows import Form, Opinion, Source


@dataclass(frozen=True)
class RowFacts:
    position: int
    department: str
    name: str
    own: bool
    reprint_source: str
    form: str
    other_form: str
    reviewer_agrees: bool
    leader_agrees: bool


@dataclass(frozen=True)
class Signature:
    """Who signed online, and when: one moment, or the first and the last of several rows."""

    name: str
    first: datetime
    last: datetime
    on_paper: bool = False

    @property
    def time(self):
        first, last = timezone.localtime(self.first), timezone.localtime(self.last)
        begins, ends = f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"
        if begins == ends:
            return begins
        return f"{begins} 至 {last:%H:%M}" if first.date() == last.date() else f"{begins} 至 {ends}"


@dataclass(frozen=True)
class SheetFacts:
    number: str
    unit: str
    day: date
    rows: tuple[RowFacts, ...]
    author: Signature
    reviewer: Signature
    leader: Signature
    remarks: tuple[str, ...]
    row_digest: str
    formed_at: datetime

    @property
    def qr_text(self):
        """Plain text, so that any phone reads it; the list of sheets finds the sheet by it."""
        return f"{self.number} SHA256:{self.row_digest}"

    def as_data(self):
        """For the typesetter."""
        data = asdict(self)
        data |= {
            "day": [self.day.year, self.day.month, self.day.day],
            "formed_at": self.formed_at.isoformat(),
        }
        for who in ("author", "reviewer", "leader"):
            signature = getattr(self, who)
            medium = "纸质签批，补录于" if signature.on_paper else "网上签批"
            data[who] = {"name": signature.name, "time": signature.time, "medium": medium}
        return data


def row_facts(row, position):
    return RowFacts(
        position=position,
        department=row.department,
        name=row.name,
        own=row.source == Source.OWN,
        reprint_source=row.reprint_source,
        form=Form(row.form).value,
        other_form=row.other_form,
        reviewer_agrees=row.reviewer_opinion == Opinion.AGREE,
        leader_agrees=row.leader_opinion == Opinion.AGREE,
    )


def sheet_facts(sheet):
    rows = sheet.ordered_rows
    paper = _on_paper(rows)
    return SheetFacts(
        number=sheet.number,
        unit=unit_names([sheet.unit_id], sheet.day).get(sheet.unit_id, ""),
        day=sheet.day,
        rows=tuple(row_facts(row, position) for position, row in enumerate(rows, start=1)),
        author=_signature(sheet.author, [row.created_at for row in rows]),
        reviewer=_signature(sheet.reviewer, [row.reviewed_at for row in rows], "secrecy" in paper),
        leader=_signature(sheet.leader, [row.decided_at for row in rows], "leader_opinion" in paper),
        remarks=tuple(_remarks(sheet, rows)),
        row_digest=sheet.row_digest,
        formed_at=sheet.formed_at,
    )


def _signature(person, moments, on_paper=False):
    return Signature(person.get_full_name(), min(moments), max(moments), on_paper)


def _on_paper(rows):
    """Which of the two opinions came in on paper (Article 12): said where else 网上签批 stands."""
    signed = SignOff.objects.filter(submission_id__in=[row.submission_id for row in rows], medium="paper")
    return set(signed.values_list("opinion", flat=True))


def _remarks(sheet, rows):
    """授权委托 and 兼任, printed because who signed is not who would be expected (articles: attachment)."""
    for ids in ({row.reviewer_delegation_id for row in rows}, {row.leader_delegation_id for row in rows}):
        delegations = Delegation.objects.filter(pk__in=ids - {None}).select_related(
            "grantor", "delegate", "post"
        )
        yield from (_delegation(delegation) for delegation in delegations.order_by("pk"))
    signers = (
        (sheet.reviewer, "secrecy_reviewer", min(row.reviewed_at for row in rows)),
        (sheet.leader, "supervising_leader", min(row.decided_at for row in rows)),
    )
    for person, post, moment in signers:
        held = Appointment.objects.valid(moment).filter(
            person=person, unit=sheet.unit_id, post=post, concurrent=True
        )
        if appointment := held.select_related("post").first():
            yield f"{person.get_full_name()}兼任本单位{appointment.post.name}。"


def _delegation(delegation):
    begins, ends = timezone.localtime(delegation.starts_at), timezone.localtime(delegation.ends_at)
    return (
        f"{delegation.post.name}{delegation.grantor.get_full_name()}授权委托"
        f"{delegation.delegate.get_full_name()}代为签署（{begins:%Y-%m-%d}至{ends:%Y-%m-%d}，{delegation.reason}）。"
    )


def statutory_words():
    """The labels the template prints, from `labels.py`."""
    return {
        "title": labels.TITLE,
        "unit": labels.UNIT,
        "date": labels.DATE,
        "columns": labels.COLUMNS,
        "own": labels.SOURCE_OWN,
        "reprint": labels.SOURCE_REPRINT,
        "forms": {"web": labels.FORM_WEB, "on_request": labels.FORM_ON_REQUEST, "other": labels.FORM_OTHER},
        "agree": labels.AGREE,
        "disagree": labels.DISAGREE,
        "author_signature": labels.AUTHOR_SIGNATURE,
        "signature": labels.SIGNATURE,
        "notes": labels.NOTES,
    }
