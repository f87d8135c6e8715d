"""Signatures on paper for tests: a scan, entered by one person of the unit's desk, checked by another."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publication import scans
from review.acts import paper
from tests import factories

SIGNED_ON = date(2026, 11, 20)


def picture(shade=200):
    out = BytesIO()
    Image.new("RGB", (60, 80), (shade, shade, shade)).save(out, "PNG")
    return SimpleUploadedFile("signed.png", out.getvalue(), content_type="image/png")


def fields_of(case):
    """What is typed off a paper that agrees, under the names of the forms."""
    given = dict(factories.answers_for(case))
    for number, answer in (given.pop("answers", None) or {}).items():
        value = answer if isinstance(answer, dict) else {"value": answer, "text": answer}
        given |= {f"answer_{number}": value.get("value", ""), f"text_{number}": value.get("text", "")}
    return given


def enter(made, case, by, *, step=None, person=None, action="approve", **data):
    """`by` entered what the holder of the step's post signed."""
    step = step or case.step
    at = paper.at_step(case, step)
    return paper.enter(
        case,
        by,
        step=step,
        person=person or factories.signatory(made, at),
        action=action,
        data=(fields_of(at) if action == "approve" else {}) | data,
        scan=scans.accepted(picture()),
        reason="network",
        signed_on=SIGNED_ON,
    )
