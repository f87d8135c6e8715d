"""Handing in, and ending without publication."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ledger import register
from organisation.models import Unit
from publication import documents, evidence, paths
from publication.models import FrozenStep, RouteDefinition, SignOff, Submission, SubmissionEnd
from publication.refused import as_refusal
from publication.signals import ended
from regulation.refusals import Refusal

OFFICES = {"gov": "gov_office", "egov": "egov_office"}

# Ends that Article 13 (note 2: every publication is registered, web or not) wants in the register.
REGISTERED_ENDS = {"refused", "on_request", "other_form", "quarantined"}


@transaction.atomic
def submit(*, object_id, site, path, author, route, variant, document, batch=None, **of_item) -> Submission:
    """Make the bytes, give the item its address for ever, freeze its route.

    A member of a batch has no steps of its own: the batch is signed for it. `of_item`: page_id, page_type, revision_id,
    unit_id; where wanted restricted, replaces, publish_at, expire_at and bundle_id.
    """
    if missing := documents.problems(document):
        raise ValueError(f"the document does not stand alone: {', '.join(missing)}")
    if document["kind"] != documents.BATCH:
        paths.claim(object_id, site, path)
    with as_refusal():
        submission = Submission.objects.create(
            object_id=object_id,
            site=site,
            path=path,
            author_id=getattr(author, "pk", author),
            route=route,
            variant=variant,
            route_version=latest_version(route, variant),
            document=documents.canonical(document),
            batch=batch,
            **of_item,
        )
        if batch is None:
            _freeze(submission)
    return submission


def latest_version(route, variant) -> int:
    rows = RouteDefinition.objects.filter(route=route, variant=variant)
    version = rows.aggregate(latest=Max("version"))["latest"]
    if version is None:
        raise Refusal(_("There is no such route."), article="14", code="route")
    return version


def _freeze(submission):
    """Copy the route's steps and say whose office each is, today (Article 24: old items keep their rule)."""
    definitions = RouteDefinition.objects.filter(
        route=submission.route, variant=submission.variant, version=submission.route_version
    )
    offices = _offices()
    FrozenStep.objects.bulk_create(
        FrozenStep(
            submission=submission,
            position=step.position,
            opinion=step.opinion,
            task=step.task,
            posts=step.posts,
            clause=step.clause,
            unit_id=offices[step.whose] if step.whose in offices else submission.unit_id,
        )
        for step in definitions
    )


def _offices():
    rows = Unit.objects.filter(kind__in=OFFICES.values(), closed_on__isnull=True).values_list("kind", "pk")
    found = dict(rows)
    if missing := [kind for kind in OFFICES.values() if kind not in found]:
        raise Refusal(
            _("The office that decides does not exist: %(kind)s.") % {"kind": "、".join(missing)},
            article="5",
            code="no_office",
        )
    return {whose: found[kind] for whose, kind in OFFICES.items()}


@transaction.atomic
def end(submission, kind, by, reason_code="", remark="") -> SubmissionEnd:
    """The submission will not be published. Opinions that Article 13 wants on record go into the register."""
    if kind in REGISTERED_ENDS:
        register.lock()
    with as_refusal():
        row = SubmissionEnd.objects.create(
            submission=submission, kind=kind, by=getattr(by, "pk", by), reason_code=reason_code, remark=remark
        )
    if kind in REGISTERED_ENDS:
        register.append(
            kind,
            facts=evidence.facts(submission, kind=kind),
            submission_id=submission.pk,
            object_id=submission.object_id,
        )
    ended.send(sender=Submission, submission=submission)
    return row


def signed_positions(submission_id) -> list[int]:
    """Positions agreed to in their current attempt; a seal asked for again is not signed until it is given again."""
    rows = SignOff.objects.filter(submission_id=submission_id, decision__in=("agree", "reopen"))
    rows = rows.order_by("id").values_list("position", "decision", "detail")
    signed = set()
    for position, decision, detail in rows:
        if decision == "agree":
            signed.add(position)
        else:
            signed.discard(int(detail["target"]))
    return sorted(signed)


def attempt_of(submission, position) -> int:
    """1, and one more each time the seal was asked for again."""
    rows = SignOff.objects.filter(submission=submission, decision="reopen")
    return 1 + sum(1 for detail in rows.values_list("detail", flat=True) if int(detail["target"]) == position)


def is_complete(submission) -> bool:
    steps = FrozenStep.objects.filter(submission=submission).count()
    return bool(steps) and len(signed_positions(submission.pk)) == steps
