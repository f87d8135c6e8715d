"""What 代为发布 adds elsewhere: to the document, to the register, to the rules for papers (Article 12)."""

from django.utils.translation import gettext as _

from intake.models import Intake
from organisation.authority import is_egov_office, office
from organisation.models.units import unit_names
from publication.documents import parse
from regulation.refusals import Refusal


def office_name():
    egov = office("egov_office")
    return unit_names([egov.pk]).get(egov.pk, "")


def of_document(page):
    """Who published for the unit, said in the signed bytes; only while the intake leads to this submission."""
    if Intake.objects.filter(object_id=page.object_id, submission_id__isnull=True).exists():
        return {"proxy": {"name": office_name()}}
    return {}


def of_register(submission):
    """A document without the mark costs no query; escalated items keep it with their bytes."""
    proxy = parse(submission.document).get("proxy")
    if not proxy:
        return {}
    intake = Intake.objects.filter(object_id=submission.object_id).select_related("receiver").first()
    return {
        "proxy": proxy["name"],
        "intake": {
            "number": intake.number,
            "reason": str(intake.get_reason_display()),
            "channel": str(intake.get_channel_display()),
            "deliverer": intake.deliverer,
            "receiver": intake.receiver.name,
            "received_at": intake.received_at.isoformat(),
            "form_sha256": intake.form_sha256,
            "files": intake.files,
        }
        if intake
        else None,
    }


def only_the_office(case, user):
    """The papers of such an item are entered by one and checked by another person of the e-gov office."""
    if is_egov_office(user) or not parse(case.submission.document).get("proxy"):
        return None
    return Refusal(
        _("Papers of an item published on behalf are entered and checked by the e-government office."),
        article="12",
        code="not_egov",
    )
