"""纸质签批单: what a leader signs on paper, bound to the very bytes by a QR code over their digest (Articles 12, 14).

The sheet carries the steps of the item's own frozen route with boxes to tick, the nine questions of Article 15 for the
review, and behind it the full text, so that nobody signs what he has not seen.
"""

from io import BytesIO
from pathlib import Path

import segno
from django.utils import timezone

from checks import documents
from ledger.typesetting import compile_pdf
from organisation.models import Post
from organisation.models.units import unit_names
from publication.documents import parse
from regulation.questions import QUESTIONS
from review import routes

TEMPLATE = Path(__file__).with_name("approval.typ")
BOXES = {
    "secrecy": ("同意", "不同意"),
    "leader_opinion": ("同意", "不同意"),
    "seal": ("已盖章",),
}
USUAL = ("同意", "退回修改")
WITHOUT_PAPER = ("check",)


def qr_text(case):
    """Plain text: any phone reads which submission and which bytes were signed."""
    return f"{case.pk} SHA256:{case.submission.digest}"


def render(case):
    out = BytesIO()
    segno.make(qr_text(case), error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    files = {"qr.svg": out.getvalue()}
    return compile_pdf(TEMPLATE.read_text(encoding="utf-8"), facts(case), files=files, moment=case.created_at)


def facts(case):
    document = parse(bytes(case.submission.document))
    units = unit_names({step.unit_id for step in case.steps} | {case.unit_id}, case.created_at)
    return {
        "title": case.submission.title,
        "unit": units.get(case.unit_id, ""),
        "author": case.author.name,
        "route": case.route_label,
        "submitted": timezone.localtime(case.created_at).strftime("%Y-%m-%d %H:%M"),
        "digest": case.submission.digest,
        "steps": _steps(case, units),
        "questions": _questions(case),
        "text": [[part.name, part.text] for part in documents.parts(document) if part.text.strip()],
        "files": [[f["name"], f["sha256"]] for f in document.get("attachments") or []],
    }


def _steps(case, units):
    posts = dict(Post.objects.values_list("code", "name"))
    for_paper = [step for step in case.steps if step.opinion not in WITHOUT_PAPER]
    return [
        {
            "label": routes.OPINIONS.get(step.opinion, step.opinion),
            "unit": units.get(step.unit_id, ""),
            "post": "、".join(posts.get(post, post) for post in step.posts),
            "boxes": BOXES.get(step.opinion, USUAL),
        }
        for step in for_paper
    ]


def _questions(case):
    if not any(step.opinion == "review" for step in case.steps):
        return []
    return [[f"{q.label}{q.text}", [] if q.is_text else list(q.choices)] for q in QUESTIONS]
