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
    """Who signed, in whose stead, when and how: one moment, or the first and the last of several rows."""

    name: str
    first: datetime
    last: datetime
    on_paper: bool = False
    stands_in_for: str = ""

    @property
    def medium(self):
        return "纸质签批，补录于" if self.on_paper else "网上签批"

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
            data[who] = {
                name: getattr(signature, name) for name in ("name", "time", "medium", "stands_in_for")
            }
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
    return SheetFacts(
        number=sheet.number,
        unit=unit_names([sheet.unit_id], sheet.day).get(sheet.unit_id, ""),
        day=sheet.day,
        rows=tuple(row_facts(row, position) for position, row in enumerate(rows, start=1)),
        **signatures(sheet, rows),
        remarks=tuple(remarks(sheet, rows)),
        row_digest=sheet.row_digest,
        formed_at=sheet.formed_at,
    )


def signatures(of, rows):
    """The three signatures of a sheet, or of one row; None where nobody has signed yet."""
    paper, grantors = _on_paper(rows), _grantors(rows)
    return {
        "author": _signature(of.author, [row.created_at for row in rows]),
        "reviewer": _signature(
            of.reviewer,
            [row.reviewed_at for row in rows],
            on_paper="secrecy" in paper,
            stands_in_for=_named(grantors, [row.reviewer_delegation_id for row in rows]),
        ),
        "leader": _signature(
            of.leader,
            [row.decided_at for row in rows],
            on_paper="leader_opinion" in paper,
            stands_in_for=_named(grantors, [row.leader_delegation_id for row in rows]),
        ),
    }


def _signature(person, moments, **how):
    moments = [moment for moment in moments if moment is not None]
    if person is None or not moments:
        return None
    return Signature(person.get_full_name(), min(moments), max(moments), **how)


def _on_paper(rows):
    """Which of the two opinions came in on paper (Article 12): said where else 网上签批 stands."""
    signed = SignOff.objects.filter(submission_id__in=[row.submission_id for row in rows], medium="paper")
    return set(signed.values_list("opinion", flat=True))


def _delegations(ids):
    found = Delegation.objects.filter(pk__in=set(ids) - {None})
    return found.select_related("grantor", "delegate", "post").order_by("pk")


def _grantors(rows):
    ids = {id_ for row in rows for id_ in (row.reviewer_delegation_id, row.leader_delegation_id)} - {None}
    return {one.pk: one.grantor.get_full_name() for one in _delegations(ids)} if ids else {}


def _named(grantors, ids):
    return "、".join(dict.fromkeys(grantors[id_] for id_ in ids if id_ in grantors))


def remarks(of, rows):
    """授权委托 and 兼任, said because who signed is not who would be expected (articles: attachment)."""
    for ids in ([row.reviewer_delegation_id for row in rows], [row.leader_delegation_id for row in rows]):
        if any(ids):
            yield from map(_delegation, _delegations(ids))
    signers = (
        (of.reviewer, "secrecy_reviewer", [row.reviewed_at for row in rows if row.reviewed_at]),
        (of.leader, "supervising_leader", [row.decided_at for row in rows if row.decided_at]),
    )
    for person, post, moments in signers:
        if person is not None and moments:
            yield from _concurrent(person, of.unit_id, post, min(moments))


def _concurrent(person, unit_id, post, moment):
    held = Appointment.objects.valid(moment).filter(person=person, unit=unit_id, post=post, concurrent=True)
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
