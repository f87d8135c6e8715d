"""Bringing an offline package in: read, judged, kept; taken in only with the unit's signed and stamped form."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from home.models import ColumnPage
from intake import package as packages
from intake import services
from intake.models import PackageFile
from intake.package import Unusable
from organisation.models import Unit
from publication import files
from regulation.refusals import Refusal

Outcome = PackageFile.Outcome
KEPT_UP_TO = 200 * 1024 * 1024  # what is larger leaves its name, size and digest only


def bring(file, by) -> PackageFile:
    """Returns the record, refused or received; a refused file counts for nothing and is kept for inspection."""
    services.demand_desk(by)
    said, unit, code, reason = None, None, "", ""
    try:
        said = packages.read(_bytes(file))
        unit = _unit_of(said)
        _require_new(said)
    except Unusable as unusable:
        code, reason = unusable.code, str(unusable)
    kept = file.size <= KEPT_UP_TO
    if kept:
        files.store(file, file.name)
    return PackageFile.objects.create(
        sha256=_digest(file),
        size=file.size,
        file_name=file.name[-255:],
        is_kept=kept,
        package_id=said.number if said else "",
        unit=unit,
        outcome=Outcome.REFUSED if code else Outcome.RECEIVED,
        code=code,
        reason=reason[:300],
        by=by,
    )


def _bytes(file):
    """No more of an oversized file than shows that it is one."""
    file.seek(0)
    return file.read(packages.LARGEST + 1)


def _digest(file):
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.hexdigest()


def _unit_of(said):
    unit = Unit.objects.current().filter(code=said.unit).first()
    if unit is None:
        raise Unusable("unit", _("The package names a unit that does not exist."))
    return unit


def _require_new(said):
    earlier = PackageFile.objects.filter(package_id=said.number).exclude(outcome=Outcome.REFUSED).first()
    if earlier is not None:
        raise Unusable(
            "duplicate",
            _("This package was brought in before, on %(day)s.") % {"day": f"{earlier.at:%Y-%m-%d}"},
        )


def said_by(record):
    """The content of a received package, out of the private store."""
    with files.open_private(record.sha256) as file:
        return packages.read(file.read())


def column_of(said, unit):
    from home.placement import columns_for

    offered = {str(column.object_id): column.pk for column in columns_for(unit)}
    return ColumnPage.objects.filter(pk=offered.get(said.column)).first()


@transaction.atomic
def take_in(record, by, *, author, column, form):
    """The package becomes a draft and an intake record; `form` is the scan of the unit's signed and stamped form."""
    record = PackageFile.objects.select_for_update().get(pk=record.pk)
    if record.outcome != Outcome.RECEIVED:
        raise Refusal(_("This package has been dealt with already."), article="12", code="dealt_with")
    said = said_by(record)
    reasons = {code for code, _label in services.Intake.Reason.choices}
    intake = services.take_in(
        by=by,
        unit=record.unit,
        author=author,
        title=said.title,
        column=column,
        text=said.text,
        attachments=list(said.attachments()),
        form=form,
        facts={
            "reason": said.reason if said.reason in reasons else "network",
            "channel": "package",
            "deliverer": said.deliverer[:60],
            "telephone": said.telephone[:30],
        },
    )
    record.outcome, record.intake = Outcome.TAKEN, intake
    record.save(update_fields=["outcome", "intake"])
    return intake


def answers_of(intake):
    """Secrecy row and the four harms as the unit filled them in; nothing for what came another way."""
    record = PackageFile.objects.filter(intake=intake).first()
    if record is None:
        return {}, {}
    said = said_by(record)
    return said.row, said.harms
