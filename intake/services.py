"""代为发布, one service for each verb: take in, put right, hand in (Article 12)."""

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from checks import sources
from conversion import drafting
from home.models import InformationPage, PortalDocument, UnitLibrary
from intake.models import Intake
from organisation.authority import authorities_of, holders, office
from publication import files
from regulation.refusals import Refusal
from review import acts
from units.drafts import new_item, paragraphs

DESK = ("web_manager", "web_editor", "registrar")


def demand_desk(user):
    """Only the e-gov office's own desk takes in what units bring."""
    held = {a.unit_id for a in authorities_of(user) if a.post in DESK}
    if not held or office("egov_office").pk not in held:
        raise Refusal(
            _("Only the e-government office's desk publishes on behalf of a unit."),
            article="12",
            code="not_desk",
        )


def may_take_in(user):
    try:
        demand_desk(user)
    except Refusal:
        return False
    return True


def authors_of(unit_id):
    """Who may stand as 承办人: persons of the unit itself, never the operator."""
    return holders(unit_id, ["author", "dedicated"])


@transaction.atomic
def take_in(
    *, by, unit, author, title, column, text="", reading=None, original=None, attachments=(), form, facts
):
    """A draft below the unit's page, and the record of how it came. `form` is (content type, file), the scan of the
    signed and stamped 审查表; `facts` are reason, channel, deliverer.
    """
    demand_desk(by)
    _demand_author(unit, author, by)
    page = new_item(unit, author, title, column)
    fill(page, author, text=text, reading=reading, original=original, attachments=attachments)
    content_type, scan = form
    stored = files.store(scan, scan.name)
    with _lawful():
        record = Intake.objects.create(
            unit=unit,
            author=author,
            page_id=page.pk,
            object_id=page.object_id,
            title=title[:500],
            receiver=by,
            form_sha256=stored.sha256,
            form_name=scan.name[:255],
            form_type=content_type,
            files=[_digest(file) for file in (*((original,) if original else ()), *attachments)],
            **facts,
        )
    record.refresh_from_db()
    return record


def _demand_author(unit, author, by):
    if author.pk == by.pk or not authors_of(unit.pk).filter(pk=author.pk).exists():
        raise Refusal(
            _("The author is a person of the unit that brings the item; the unit answers for it."),
            article="12",
            code="not_the_units",
        )


def fill(page, author, *, text="", reading=None, original=None, attachments: Sequence = ()):
    """The text of the draft, typed or out of a Word file, and its attachments; files join the unit's library."""
    if reading is not None:
        page.body = page._meta.get_field("body").to_python(drafting.stream(reading, page.unit, author))
        original.seek(0)
        sources.file_original(page.object_id, original, author)
    elif text.strip():
        page.body = [("rich_text", paragraphs(text))]
    if attachments:
        kept = [(block.block_type, block.value) for block in page.attachments]
        page.attachments = kept + [
            ("attachment", _attachment(page.unit, author, file)) for file in attachments
        ]
    page.save_revision(user=author, clean=False)


def _attachment(unit, author, file):
    file.seek(0)
    title = file.name.rsplit(".", 1)[0][:200]
    library = UnitLibrary.objects.select_related("collection").get(unit=unit)
    document = PortalDocument(
        title=title, collection=library.collection, uploaded_by_user=author, file=file, unit=unit
    )
    try:
        document.full_clean(exclude=["file_hash", "file_size"])
    except ValidationError as error:
        raise Refusal(f"{file.name}：{error.messages[0]}", article="15", code="file") from error
    document.save()
    return {"title": title, "file": document}


def _digest(file):
    file.seek(0)
    content = file.read()
    file.seek(0)
    return {"name": file.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def draft_of(intake):
    return InformationPage.objects.get(pk=intake.page_id).get_latest_revision_as_object()


def demand_open(intake):
    if not intake.is_open:
        raise Refusal(_("This item is under review and cannot be changed."), article="14", code="locked")


@transaction.atomic
def put_right(intake, by, *, title, column, **filling):
    """Before it is handed in: what the checks found, or what the unit corrected by telephone."""
    demand_desk(by)
    demand_open(intake)
    page = draft_of(intake)
    page.title = page.draft_title = title
    page.column = column
    fill(page, intake.author, **filling)
    return page


@transaction.atomic
def hand_in(intake, by, *, row, harms):
    """The usual submission, in the unit's name; from here the item goes the unit's own route, step by step."""
    demand_desk(by)
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    demand_open(intake)
    case = acts.submit(draft_of(intake), intake.author, row=row, harms=harms)
    intake.submission_id = case.pk
    with _lawful():
        intake.save(update_fields=["submission_id"])
    return case


class _lawful:
    """The database's refusals, as one sentence with its article."""

    def __enter__(self):
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, kind, error, trace):
        self.point.__exit__(kind, error, trace)
        if kind is not None and issubclass(kind, IntegrityError):
            raise Refusal(_("The intake record is not complete."), article="12", code="incomplete") from error
